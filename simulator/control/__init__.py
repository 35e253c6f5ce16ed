"""The control API: worlds from outside.

`docs/control.md` describes it, `contracts/openapi/control.yaml` promises it, and `simulator.control_client`
speaks it.
"""

from simulator.control.app import ControlApp, build_control

__all__ = ["ControlApp", "build_control"]
