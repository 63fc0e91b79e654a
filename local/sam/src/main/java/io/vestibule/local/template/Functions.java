package io.vestibule.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code AWS::Serverless::Function} with its events.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html">AWS::Serverless::Function</a>
 */
final class Functions {

  private final Target target;
  private final Parts parts;
  private final Roles roles;
  private final Map<String, String> logicalIds = new LinkedHashMap<>();

  Functions(Target target, Parts parts, Roles roles) {
    this.target = target;
    this.parts = parts;
    this.roles = roles;
  }

  Identity create(String logicalId, Properties properties) {
    // How the code gets to AWS and how it runs there; here it is in this JVM already.
    properties.ignore(
        "Architectures",
        "AutoPublishAlias",
        "AutoPublishAliasAllProperties",
        "CodeUri",
        "Description",
        "ReservedConcurrentExecutions",
        "Runtime",
        "SnapStart",
        "Tags",
        "Tracing");
    properties.allowOnly("PackageType", "Zip");
    String name = properties.optionalText("FunctionName").orElse(target.nameOf(logicalId));
    var routes = new ArrayList<Stack.Route>();
    var streams = new ArrayList<Stack.StreamSource>();
    var schedules = new ArrayList<Stack.Schedule>();
    var rules = new ArrayList<Stack.Rule>();
    properties
        .named("Events")
        .forEach(
            (event, source) -> {
              Properties about = source.object("Properties");
              switch (source.text("Type")) {
                case "HttpApi" -> routes.add(Events.route(about));
                case "DynamoDB" -> streams.add(Events.stream(logicalId + event, about, parts));
                case "EventBridgeRule" -> rules.add(Events.rule(logicalId + event, about));
                case "ScheduleV2" ->
                    Events.schedule(logicalId + event, about).ifPresent(schedules::add);
                default -> throw source.fault("Type", "is not known here");
              }
            });
    parts.functions.add(
        new Stack.Lambda(
            logicalId,
            handler(properties),
            environment(properties.object("Environment")),
            Duration.ofSeconds(properties.number("Timeout", 3)),
            properties.number("MemorySize", 128),
            roles.ofFunction(properties),
            logGroup(properties, name),
            List.copyOf(routes),
            List.copyOf(streams),
            List.copyOf(schedules),
            List.copyOf(rules),
            Events.queue(properties.object("EventInvokeConfig"), parts)));
    String arn = target.arn("lambda", "function:" + name);
    logicalIds.put(arn, logicalId);
    return Identity.of(name, arn);
  }

  /** {@code Custom::…} and {@code AWS::CloudFormation::CustomResource}: noted, not carried out. */
  Identity createCustomResource(String logicalId, String type, Properties properties) {
    String token = properties.text("ServiceToken");
    String function = logicalIds.get(token);
    if (function == null) {
      throw properties.fault("ServiceToken", token + " is no function of this template");
    }
    parts.customResources.add(
        new Stack.CustomResource(logicalId, type, function, Scalars.asText(properties.tree())));
    return Identity.of("");
  }

  /** A function without a log group of its own has the one that Lambda makes for it. */
  private static String logGroup(Properties properties, String name) {
    Properties logging = properties.object("LoggingConfig");
    logging.ignore("LogFormat", "ApplicationLogLevel", "SystemLogLevel");
    return logging.optionalText("LogGroup").orElse("/aws/lambda/" + name);
  }

  private static String handler(Properties properties) {
    String handler = properties.text("Handler");
    String[] classAndMethod = handler.split("::", 2);
    if (classAndMethod.length > 1 && !classAndMethod[1].equals("handleRequest")) {
      throw properties.fault("Handler", "only handleRequest is called in a local run");
    }
    return classAndMethod[0];
  }

  private static Map<String, String> environment(Properties environment) {
    var variables = new LinkedHashMap<String, String>();
    Properties declared = environment.object("Variables");
    for (var entry : declared.tree().properties()) {
      variables.put(entry.getKey(), declared.text(entry.getKey()));
    }
    return Collections.unmodifiableMap(variables);
  }
}
