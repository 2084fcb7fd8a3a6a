"""A house style made from a firm's own Word document: what its styles are used for, and the file that carries them."""
