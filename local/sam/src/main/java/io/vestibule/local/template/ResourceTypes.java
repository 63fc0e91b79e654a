package io.vestibule.local.template;

import java.util.Map;

/**
 * The types of resources that a template may hold, each with what becomes of it in a local run.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html">Resource
 *     and property reference</a>
 */
final class ResourceTypes {

  private final Target target;
  private final Parts parts;
  private final Tables tables;
  private final Keys keys;
  private final Buckets buckets;
  private final MailIdentities mail;
  private final Roles roles;
  private final Functions functions;

  ResourceTypes(Operator operator, Target target, KeyNames keyNames, Parts parts) {
    this.target = target;
    this.parts = parts;
    this.tables = new Tables(operator.dynamoDb(), target, parts);
    this.keys = new Keys(operator.kms(), keyNames, parts);
    this.buckets = new Buckets(operator.s3(), target, parts);
    this.mail = new MailIdentities(operator.ses(), parts);
    this.roles = new Roles(target);
    this.functions = new Functions(target, parts, roles);
  }

  /**
   * Brings one resource into being.
   *
   * @throws TemplateException if its type is not known here, or a property that it needs is missing
   */
  Identity create(Template.Resource resource, Properties properties) {
    String id = resource.logicalId();
    return switch (resource.type()) {
      case "AWS::DynamoDB::Table" -> tables.create(id, properties);
      case "AWS::KMS::Key" -> keys.createKey(id, properties);
      case "AWS::KMS::Alias" -> keys.createAlias(properties);
      case "AWS::S3::Bucket" -> buckets.create(id, properties);
      case "AWS::S3::BucketPolicy" -> named(properties.text("Bucket"), properties);
      case "AWS::SES::EmailIdentity" -> mail.createIdentity(properties);
      case "AWS::SES::ConfigurationSet" ->
          mail.createConfigurationSet(target.nameOf(id), properties);
      case "AWS::SES::ConfigurationSetEventDestination" ->
          mail.createEventDestination(target.nameOf(id), properties);
      case "AWS::SES::ReceiptRuleSet" ->
          named(properties.optionalText("RuleSetName").orElse(target.nameOf(id)), properties);
      case "AWS::SES::ReceiptRule" -> mail.createReceiptRule(id, properties);
      case "AWS::IAM::Role" -> roles.createRole(id, properties);
      case "AWS::IAM::Policy" -> roles.createPolicy(properties);
      case "AWS::IAM::ManagedPolicy" -> roles.createManagedPolicy(id, properties);
      case "AWS::Serverless::Function" -> functions.create(id, properties);
      case "AWS::Serverless::HttpApi" -> httpApi(id, properties);
      case "AWS::Logs::LogGroup" -> logGroup(id, properties);
      case "AWS::CloudWatch::Alarm" -> alarm(id, properties);
      case "AWS::CloudWatch::Dashboard" -> named(properties.text("DashboardName"), properties);
      case "AWS::Events::Rule" -> rule(id, properties);
      case "AWS::SNS::Topic" -> topic(id, properties);
      case "AWS::Backup::BackupVault", "AWS::Backup::BackupPlan", "AWS::Backup::BackupSelection" ->
          awsBackup(id, properties);
      case String custom when isCustom(custom) ->
          functions.createCustomResource(id, custom, properties);
      default ->
          throw new TemplateException(
              resource.place() + "/Type", resource.type() + " is not known here");
    };
  }

  private static boolean isCustom(String type) {
    return type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource");
  }

  /** Stage, throttling and access log are the gateway's own; the routes come with the functions. */
  private static Identity httpApi(String logicalId, Properties properties) {
    properties.ignore(
        "AccessLogSettings",
        "DefaultRouteSettings",
        "Description",
        "DisableExecuteApiEndpoint",
        "Domain",
        "FailOnWarnings",
        "Name",
        "RouteSettings",
        "StageName",
        "Tags");
    return Identity.of(logicalId);
  }

  private Identity logGroup(String logicalId, Properties properties) {
    String name = properties.optionalText("LogGroupName").orElse(target.nameOf(logicalId));
    properties.ignoreAll();
    return Identity.of(name, target.arn("logs", "log-group:" + name + ":*"));
  }

  /** One that calls something stands among its function's events: this one is counted only. */
  private Identity rule(String logicalId, Properties properties) {
    String name = properties.optionalText("Name").orElse(target.nameOf(logicalId));
    properties.ignore("EventPattern", "Description", "State");
    return Identity.of(name, target.arn("events", "rule/" + name));
  }

  private Identity alarm(String logicalId, Properties properties) {
    String name = properties.optionalText("AlarmName").orElse(target.nameOf(logicalId));
    parts.alarms.add(new Stack.Alarm(name, properties.optionalText("AlarmDescription").orElse("")));
    properties.ignoreAll();
    return Identity.of(name, target.arn("cloudwatch", "alarm:" + name));
  }

  /** Nobody takes these backups here: what they promise is only seen in AWS. */
  private Identity awsBackup(String logicalId, Properties properties) {
    String name = target.nameOf(logicalId);
    properties.ignoreAll();
    return new Identity(
        name, Map.of("BackupVaultArn", target.arn("backup", "backup-vault:" + name)));
  }

  private Identity topic(String logicalId, Properties properties) {
    String name = properties.optionalText("TopicName").orElse(target.nameOf(logicalId));
    properties.ignoreAll();
    String arn = target.arn("sns", name);
    return new Identity(arn, Map.of("TopicArn", arn, "TopicName", name));
  }

  /** A resource of which nothing but its name matters here. */
  private static Identity named(String name, Properties properties) {
    properties.ignoreAll();
    return Identity.of(name);
  }
}
