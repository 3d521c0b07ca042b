"""The desk: web pages on which a person reads the record (the extra ``desk``).

`rasd.desk.app.create_app` makes the application from `rasd.desk.settings.Settings`; each page is a module of
`rasd.desk.pages`. Nothing here knows what a library user could not ask of `rasd.store` and `rasd.relations`.
"""
