"""A page is a function `build_x_page(page, studio, lang)`: widgets above, small handlers, events last."""
