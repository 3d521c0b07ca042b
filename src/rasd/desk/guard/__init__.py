"""The guard of the desk: who may see and change it, from where, and how much a request may bring.

`middleware.Guard` stands before the application; `guarding.Guarding` is what it remembers; `binding` says where a desk
may be served. Pages ask `person.person_of` and `person.editor_of`, and put ``request.state.form_token`` into each form
that changes something, in a hidden field ``csrf``.
"""
