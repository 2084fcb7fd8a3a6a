"""The record of an annex added to the agreement that it is put into."""

from __future__ import annotations

from ...ooxml.namespaces import R
from ...ooxml.output import Output
from ...ooxml.package.record import SPACE, Record, record_xml

_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def write_record(output: Output, record: Record) -> None:
    """Add a record as a part of the custom XML, which Word and LibreOffice keep."""
    number = 1
    while f"customXml/item{number}.xml" in output.parts or f"customXml/itemProps{number}.xml" in output.parts:
        number += 1
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    output.add_part(item, record_xml(record), "application/xml")
    code = f"{{{record.tag.upper():0<8.8}-CCCC-4A4E-8E58-{record.tag.upper():0<12.12}}}"
    output.add_part(
        properties,
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
            f'<ds:datastoreItem ds:itemID="{code}" xmlns:ds="{_STORE}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
        _PROPERTIES,
    )
    output.relate(item, f"{R}/customXmlProps", properties)
    output.relate(output.main_part, f"{R}/customXml", item)
