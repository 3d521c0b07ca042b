"""Adding articles from the desk: jobs that run one at a time in a process of their own, so that pages stay quick.

`jobs.Jobs` keeps them, `worker` is what the process runs, `task` is what is said between the two.
"""
