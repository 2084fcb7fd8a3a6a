"""A counterparty at work: edits of a Word file as people make them, each with what a review is to find.

Every edit takes the draft of a file and returns the findings that it makes, as (source, kind, section). Silent
edits change the text without a mark; tracked ones leave Word's marks with an author.
"""

from . import beside, structure, tables, wording
from .beside import *  # noqa: F403
from .draft import (  # noqa: F401
    AUTHOR,
    DATE,
    Draft,
    Edit,
    Expected,
    NotHere,
    set_text,
    text_of,
    track_text,
    tracked,
    without_schedules,
)
from .programs import DISGUISES, flatten_styles, plain_fields, rebuild, strip_anchors  # noqa: F401
from .structure import *  # noqa: F403
from .tables import *  # noqa: F403
from .wording import *  # noqa: F403

WORDING: tuple[Edit, ...] = (
    *(
        make(change)
        for change in wording.CHANGES
        for make in (wording.silently, wording.in_cut_runs, wording.with_tracking)
    ),
    *(wording.silent_over_tracked(c) for c in (wording.NUMBER, wording.DUTY)),
    wording.beside_a_reference,
    wording.move_sentence,
    wording.move_sentence_tracked,
    wording.swap_sentences,
    wording.hide_words,
    wording.hide_what_was_there,
    wording.edit_definition,
    wording.wrong_reference,
    wording.reference_elsewhere,
)
STRUCTURE: tuple[Edit, ...] = (
    structure.delete_paragraph,
    structure.delete_paragraph_tracked,
    structure.delete_three_tracked,
    structure.paste_paragraph,
    structure.paste_foreign_paragraph,
    structure.paste_paragraph_tracked,
    structure.repeat_paragraph,
    structure.delete_clause,
    structure.delete_clause_tracked,
    structure.add_clause,
    structure.add_clause_tracked,
    structure.split_paragraph,
    structure.split_paragraph_tracked,
    structure.split_and_edit,
    structure.merge_paragraphs,
    structure.merge_paragraphs_tracked,
    structure.move_paragraph,
    structure.move_paragraph_to_another_clause,
    structure.move_and_edit,
    structure.move_paragraph_tracked,
    structure.cut_and_paste_tracked,
    structure.swap_paragraphs,
    structure.swap_clauses,
    structure.retype_heading,
    structure.retype_heading_tracked,
    structure.replace_heading,
    structure.type_a_number,
)
TABLES: tuple[Edit, ...] = (
    tables.edit_cell,
    tables.edit_cell_tracked,
    tables.empty_cell,
    tables.delete_row,
    tables.delete_row_tracked,
    tables.add_row,
    tables.add_row_tracked,
    tables.move_row,
    tables.drop_column,
    tables.drop_column_tracked,
    tables.add_column,
    tables.add_column_tracked,
    tables.swap_columns,
    tables.merge_cells,
    tables.delete_table,
)
BESIDE: tuple[Edit, ...] = (
    beside.comment,
    beside.comment_with_answer,
    beside.change_header,
    beside.change_footer,
    beside.change_footnote,
    beside.change_endnote,
    beside.add_footnote,
    beside.change_box,
    beside.add_box,
    beside.change_control,
    beside.put_in_control,
    beside.add_link,
    beside.protect,
    beside.computed_words,
    beside.white_words,
    wording.strike_words,
)
EDITS: tuple[Edit, ...] = (*WORDING, *STRUCTURE, *TABLES, *BESIDE)
