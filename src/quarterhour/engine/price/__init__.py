"""What a day's lines are allowed and paid. Price is worked out after units are settled and never changes them."""
