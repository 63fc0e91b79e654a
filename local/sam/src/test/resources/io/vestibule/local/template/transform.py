"""Reads a SAM template from standard input and writes what CloudFormation gets, as JSON.

Usage: transform.py [PARAMETER=VALUE ...] < template.yaml

The same translator runs inside CloudFormation. It wants the code to be in S3 already, as it is
after `sam package`, and a Region for the partition of the ARNs that it writes.
"""

import json
import os
import sys

os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """Names of AWS's managed policies; a template that uses one fails here."""

    def load(self):
        return {}


template = yaml_parse(sys.stdin.read())
for resource in template["Resources"].values():
    if "CodeUri" in resource.get("Properties", {}):
        resource["Properties"]["CodeUri"] = "s3://packaged/function.zip"
parameters = dict(argument.split("=", 1) for argument in sys.argv[1:])
json.dump(transform(template, parameters, NoManagedPolicies()), sys.stdout)
