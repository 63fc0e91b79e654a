package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * Where a stack is deployed to, and how things are called there.
 *
 * @param account twelve digits
 */
public record Target(String region, String account, String stackName) {

  /** An Amazon resource name in this account and region. */
  String arn(String service, String resource) {
    return "arn:" + partition() + ":" + service + ":" + region + ":" + account + ":" + resource;
  }

  /** The name of a role or a policy: IAM knows no region. */
  String iamArn(String resource) {
    return "arn:" + partition() + ":iam::" + account + ":" + resource;
  }

  /** Bucket names are unique in the world: no region, no account. */
  String bucketArn(String name) {
    return "arn:" + partition() + ":s3:::" + name;
  }

  /** The name of a resource that the template leaves unnamed; AWS would add a random end. */
  String nameOf(String logicalId) {
    return stackName + "-" + logicalId;
  }

  /** What {@code Ref} gives for names that begin with {@code AWS::}. */
  Map<String, JsonNode> pseudoParameters() {
    return Map.of(
        "AWS::AccountId", TextNode.valueOf(account),
        "AWS::NoValue", MissingNode.getInstance(),
        "AWS::Partition", TextNode.valueOf(partition()),
        "AWS::Region", TextNode.valueOf(region),
        "AWS::StackId", TextNode.valueOf(arn("cloudformation", "stack/" + stackName + "/local")),
        "AWS::StackName", TextNode.valueOf(stackName),
        "AWS::URLSuffix", TextNode.valueOf(urlSuffix()));
  }

  private String partition() {
    return region.startsWith("cn-") ? "aws-cn" : "aws";
  }

  private String urlSuffix() {
    return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  }
}
