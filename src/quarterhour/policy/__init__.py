"""What authorities say, dated and cited. Reads data, decides nothing."""

from quarterhour.policy.errors import BadPolicyData, NotKnown, PolicyError, UnknownName
from quarterhour.policy.policy import Policy, load

__all__ = ["BadPolicyData", "NotKnown", "Policy", "PolicyError", "UnknownName", "load"]
