"""Says whether the PyPI library of Standard Webhooks takes a call for ours: {secret, headers, body} on stdin."""

import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

call = json.load(sys.stdin)
try:
    Webhook(call["secret"]).verify(call["body"], call["headers"])
    print("genuine")
except WebhookVerificationError as error:
    print(f"refused: {error}")
