"""An e-mail as people see it. The words come as a Content; `layout.html`, `message.html`, `message.txt` and
`mail.css` beside this file are its look."""

from salestrekker_portal.adapters.email_html.render import automatic_headers, html_part, plain_part

__all__ = ["automatic_headers", "html_part", "plain_part"]
