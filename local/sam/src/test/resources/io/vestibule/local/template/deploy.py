"""Deploys a transformed template into moto_server, by CloudFormation, as far as moto goes.

Usage: deploy.py ENDPOINT < transformed.json

Writes JSON: the stack's status, how many resources of each type were made, and how many of each
type were left out before, as moto's CloudFormation does not know the type. What refers to them has
a text in their place, and outputs that name them are left out, too. So is what a list has only by a
condition: where moto should leave an item out (AWS::NoValue), it makes an empty one.
"""

import io
import json
import os
import re
import sys
import zipfile
from collections import Counter

os.environ.update(
    AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-central-1"
)

import boto3
from moto.cloudformation.parsing import get_model_map

BUCKET = "packaged"  # As transform.py names it.
PARAMETERS = {"SenderAddress": "hello@example.com", "SenderIdentity": "example.com"}


def is_conditional(node):
    return isinstance(node, dict) and {"Ref": "AWS::NoValue"} in node.get("Fn::If", [])


def without(gone, node):
    """The node with a text wherever it refers to one of those that are left out.

    An alias is another name of its function, which stands in its place.
    """
    if isinstance(node, list):
        return [without(gone, item) for item in node if not is_conditional(item)]
    if isinstance(node, str):
        return re.sub(
            r"\$\{(\w+)(\.\w+)?\}",
            lambda found: found[1] if found[1] in gone else found[0],
            node,
        )
    if not isinstance(node, dict):
        return node
    if node.get("Ref") in gone:
        return gone[node["Ref"]]["Properties"].get("FunctionName", node["Ref"])
    if "Fn::GetAtt" in node and node["Fn::GetAtt"][0] in gone:
        return "arn:aws:lacking:eu-central-1:123456789012:" + node["Fn::GetAtt"][0]
    return {key: without(gone, value) for key, value in node.items()}


def names(gone, node):
    text = json.dumps(node)
    return any(f'"{name}"' in text or "${" + name in text for name in gone)


def main(endpoint):
    template = json.load(sys.stdin)
    resources = template["Resources"]
    known = get_model_map()
    gone = {name: it for name, it in resources.items() if it["Type"] not in known}
    lacking = Counter(it["Type"] for it in gone.values())
    template["Outputs"] = {k: v for k, v in template["Outputs"].items() if not names(gone, v)}
    template["Resources"] = {
        name: without(gone, it) for name, it in resources.items() if name not in gone
    }
    for it in template["Resources"].values():
        before = it.pop("DependsOn", [])
        before = [before] if isinstance(before, str) else before
        it["DependsOn"] = [name for name in before if name not in gone]

    def client(service):
        return boto3.client(service, endpoint_url=endpoint)

    s3 = client("s3")
    s3.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("empty", "")
    s3.put_object(Bucket=BUCKET, Key="function.zip", Body=code.getvalue())
    s3.put_object(Bucket=BUCKET, Key="template.json", Body=json.dumps(template))
    cloudformation = client("cloudformation")
    cloudformation.create_stack(
        StackName="vestibule",
        TemplateURL=f"https://{BUCKET}.s3.amazonaws.com/template.json",
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in PARAMETERS.items()],
    )
    stack = cloudformation.describe_stacks(StackName="vestibule")["Stacks"][0]
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName="vestibule")
    made = Counter(it["ResourceType"] for page in pages for it in page["StackResourceSummaries"])
    json.dump({"status": stack["StackStatus"], "made": made, "lacking": lacking}, sys.stdout)


main(sys.argv[1])
