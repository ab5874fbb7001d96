"""Maps on paper: a vector PDF at an exact scale, drawn from the pool by the rules of the screen.

What is asked (`asked`, `order`) becomes sheets (`series`, `sheet`); each is painted part by part (`painting`), named
(`labels`) and framed (`grid`, `margin`); `making` binds them into one document.
"""
