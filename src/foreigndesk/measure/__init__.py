"""How right the coder is: gold against what was found, with intervals; judged samples of a pile."""
