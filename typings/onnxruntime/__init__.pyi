from typing import Any

from numpy.typing import NDArray

class SessionOptions:
    log_severity_level: int
    intra_op_num_threads: int
    inter_op_num_threads: int

class InferenceSession:
    def __init__(
        self, path_or_bytes: str | bytes, sess_options: SessionOptions | None = ..., providers: list[str] | None = ...
    ) -> None: ...
    def run(self, output_names: list[str] | None, input_feed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]: ...
