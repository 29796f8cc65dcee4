"""What a process that decodes somebody's pictures may take, whatever a file claims."""

import resource

_MEMORY_BYTES = 1_000_000_000
_CORE_S = 30
_WRITTEN_BYTES = 30_000_000


def bound_this_process() -> None:
    """Let this process take no more: the one that serves others never decodes what is not ours."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CORE_S, _CORE_S + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN_BYTES, _WRITTEN_BYTES))
