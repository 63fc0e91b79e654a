package io.vestibule.local.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.cloudwatch.AlarmsEmulator;
import io.vestibule.local.gateway.CallInventory;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.local.gateway.Gateway;
import io.vestibule.local.iam.Authorizer;
import io.vestibule.local.secrets.SecretsEmulator;
import io.vestibule.local.ses.Inbox;
import io.vestibule.local.template.Deployment;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Target;
import io.vestibule.local.template.Template;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An AWS account on this machine with a template deployed into it: it has the template's tables,
 * keys, buckets and roles. Their content is gone when the account is closed. No function runs in it
 * by itself. A test builds a handler with {@link #variables}, and the handler may do what its role
 * allows.
 */
public final class Account implements Closeable {

  private static final Target TARGET = new Target("us-east-1", "000000000000", "vestibule");

  private static final int CALLS_KEPT = 200;

  /** Functions wait ten times as long for AWS, so that a busy machine fails no test. */
  public static final Map<String, String> PATIENT = Map.of("TIME_LIMITS_PERCENT", "1000");

  /** What is given for a template's parameters here: plain names, and a sender who is nobody. */
  public static final Map<String, String> PARAMETERS =
      Map.of("Prefix", "", "SenderAddress", "hello@example.com", "SenderIdentity", "example.com");

  private final Closing closing = new Closing();
  private final Services services;
  private final Gateway gateway;
  private final Operator operator;
  private final Stack stack;
  private final Authorizer authorizer;

  private Account(
      Template template,
      Map<String, String> parameters,
      Map<String, String> variables,
      Optional<URI> aws,
      Clock clock,
      Consumer<JsonNode> bus,
      Consumer<String> progress)
      throws IOException {
    try {
      progress.accept("Starting AWS" + aws.map(uri -> " at " + uri).orElse(" in this process"));
      services =
          aws.isPresent()
              ? Services.outside(aws.get(), TARGET, clock, progress, closing)
              : Services.embedded(TARGET, clock, bus, closing);
      gateway = new Gateway(0, services.backends(), new CallLog(CALLS_KEPT), clock);
      closing.then(gateway::close);
      operator = Operator.at(gateway.endpoint(), TARGET.region());
      closing.then(operator::close);
      progress.accept("Deploying the template");
      stack =
          Deployment.deploy(template, all(template, parameters), TARGET, operator).with(variables);
      gateway.serve("monitoring", alarms(stack));
      services
          .inbox()
          .receive(
              stack.receiptRules(),
              (bucket, key, object) ->
                  operator
                      .s3()
                      .putObject(it -> it.bucket(bucket).key(key), RequestBody.fromBytes(object)));
      authorizer = new Authorizer(stack);
      gateway.enforce(authorizer, CallInventory.ofThisRun());
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /**
   * Opens an account and deploys a template into it.
   *
   * @param parameters values for the template's parameters; those left out have their defaults, and
   *     the sender of mails is nobody
   * @param variables of every function, beside those that the template gives it
   * @param aws an emulator of all services outside of this process, instead of the embedded parts
   * @param clock that the emulators go by
   * @param bus takes what services put on EventBridge's default bus
   * @param progress is told in a line each what is being done, and what an emulator lacks
   * @throws io.vestibule.local.template.TemplateException the template is wrong, and where
   */
  public static Account open(
      Template template,
      Map<String, String> parameters,
      Map<String, String> variables,
      Optional<URI> aws,
      Clock clock,
      Consumer<JsonNode> bus,
      Consumer<String> progress)
      throws IOException {
    return new Account(template, parameters, variables, aws, clock, bus, progress);
  }

  /**
   * Opens an account with embedded parts, the template's defaults, no rules on the event bus, and
   * functions that are {@linkplain #PATIENT patient}.
   */
  public static Account open(Path template, Clock clock) throws IOException {
    return open(
        Template.read(template),
        Map.of("PublicUrl", "http://localhost:8080"),
        PATIENT,
        Optional.empty(),
        clock,
        event -> {},
        line -> {});
  }

  /** Always in this process: emulators outside would have to be given the template's. */
  private static AlarmsEmulator alarms(Stack stack) {
    return new AlarmsEmulator(
        stack.alarms().stream()
            .collect(Collectors.toMap(Stack.Alarm::name, Stack.Alarm::description)));
  }

  private static Map<String, String> all(Template template, Map<String, String> given) {
    var all = new HashMap<>(PARAMETERS);
    all.keySet().removeIf(name -> !template.section("Parameters").has(name));
    all.putAll(given);
    return all;
  }

  /** The environment of a function, as Lambda gives it: by it, it has its role here. */
  public Map<String, String> variables(String logicalId) {
    var lambda =
        stack
            .function(logicalId)
            .orElseThrow(() -> new NoSuchElementException("no function " + logicalId));
    return LambdaVariables.of(stack, lambda, endpoint());
  }

  /** Where AWS is, for anyone on this machine; an access key id that is no function may do all. */
  public URI endpoint() {
    return gateway.endpoint();
  }

  /** Clients of {@link #endpoint} that may do everything. */
  public Operator operator() {
    return operator;
  }

  public Stack stack() {
    return stack;
  }

  public Inbox inbox() {
    return services.inbox();
  }

  /** What functions may read of Secrets Manager; also beside an emulator outside. */
  public SecretsEmulator secrets() {
    return services.secrets();
  }

  /**
   * From now on there is this service too; roles are enforced before it.
   *
   * @param service by the name that requests are signed for, such as {@code lambda}
   */
  public void serve(String service, Backend backend) {
    gateway.serve(service, backend);
  }

  /** From now on what a service is asked goes to something that stands before it. */
  public void putBefore(String service, UnaryOperator<Backend> before) {
    gateway.putBefore(service, before);
  }

  public CallLog calls() {
    return gateway.calls();
  }

  /** Knows which grants were used so far. */
  public Authorizer authorizer() {
    return authorizer;
  }

  /** What an emulator outside was found to lack; empty with embedded parts. */
  public List<String> notices() {
    return services.watch().notices();
  }

  /** Tells of what is written to tables; empty if that need not pass here, as it is outside. */
  public Optional<TableWrites> writes() {
    return services.writes();
  }

  /** Where streams are read, past the gateway: only a host does that, all the time. */
  public DynamoDbStreamsClient streams() {
    return services.streams();
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
