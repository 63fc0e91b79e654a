package io.vestibule.local.host;

import io.vestibule.local.account.Account;
import io.vestibule.local.account.Closing;
import io.vestibule.local.account.TableWrites;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.local.host.Options.Schedules;
import io.vestibule.local.iam.Authorizer;
import io.vestibule.local.secrets.SecretsEmulator;
import io.vestibule.local.ses.Inbox;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Template;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The whole template, running in this process on loopback: what {@code make run} starts, and what
 * tests start.
 *
 * <p>There is one wiring, the template's: what it forgets does not work here either.
 */
public final class LocalHost implements Closeable {

  private static final String STAFF_SECRET = "vestibule-staff";

  private final Closing closing;
  private final WebServer server;
  private final Console console;
  private final Account account;
  private final Functions functions;
  private final EventSources eventSources;
  private final Scheduler scheduler;
  private final FunctionCalls calls;
  private final OverviewPage page;
  private final EventBus bus = new EventBus();
  private final Optional<LocalIssuer> issuer;

  /**
   * Starts everything, and says so step by step.
   *
   * @throws StartFailure it cannot be; the message tells a person why
   * @throws io.vestibule.local.template.TemplateException the template is wrong, and where
   */
  public static LocalHost start(Options options) throws IOException {
    var closing = new Closing();
    try {
      return new LocalHost(options, closing);
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private LocalHost(Options options, Closing closing) throws IOException {
    this.closing = closing;
    MovableClock clock = options.clock();
    Consumer<String> say = options.progress();

    server = WebServer.listen(options.port());
    closing.then(server::close);
    console = Console.open();
    closing.then(console::close);
    closing.then(bus::close);

    issuer = issuer(options);
    var added =
        options.targets().isPresent()
            ? Optional.of(LocalTargets.of(options.targets().get(), server.uri().getPort(), closing))
            : Optional.<LocalTargets>empty();

    account =
        Account.open(
            Template.read(options.template()),
            parameters(options),
            variables(options, added),
            options.aws(),
            clock,
            bus::put,
            say);
    closing.then(account);
    account
        .secrets()
        .ask(
            name ->
                added
                    .flatMap(targets -> targets.secret(name))
                    .or(
                        () ->
                            issuer
                                .filter(it -> name.endsWith(STAFF_SECRET))
                                .map(LocalIssuer::secret)));

    var invocations = new InvocationLog();
    functions =
        new Functions(
            account.stack(),
            account.endpoint(),
            clock,
            options.pause(),
            console,
            invocation -> {
              invocations.add(invocation);
              say.accept(invocation.toString());
            });
    var queue = new FunctionQueue(account.stack(), functions, account.operator().s3(), clock);
    calls = new FunctionCalls(functions, queue);
    closing.then(calls::close);
    account.serve("lambda", calls);
    var customResources =
        new CustomResources(account.stack(), functions, server.uri().resolve(LocalPages.RESPONSES));
    var backups = new BackupDesk(account.stack(), account.operator(), functions);
    scheduler = new Scheduler(account.stack(), functions, clock);
    var clockDesk = new ClockDesk(clock, scheduler);
    var partners =
        new PartnerDesk(target -> account.secrets().value(LocalTargets.FOLDER + target), clock);
    page = new OverviewPage(account, invocations, console, backups, clockDesk, partners);
    var pages =
        new LocalPages(
            page,
            account.inbox(),
            functions,
            customResources,
            backups,
            new LatestCalls(account.stack(), account.calls()),
            clockDesk,
            partners);
    server.serve(
        new FrontDoor(
            pages,
            new StackDesk(account.stack(), account.endpoint(), parameters(options), clock),
            new HttpApi(account.stack(), "HttpApi", functions, clock),
            staff(options)));
    closing.then(server::close); // No request is let in while the parts behind it end.

    say.accept("Creating the resources that functions make themselves");
    customResources.create();

    say.accept("Starting event sources");
    eventSources =
        new EventSources(
            account.stack(),
            functions,
            console,
            account.operator().dynamoDb(),
            account.streams(),
            account.operator().s3(),
            clock);
    closing.then(eventSources::close);
    account.writes().ifPresent(eventSources::waitFor);
    eventSources.start();
    bus.serve(account.stack(), queue);
    closing.then(scheduler::close);
    if (options.schedules() == Schedules.BY_THE_CLOCK) {
      say.accept("Starting schedules");
      scheduler.start();
    }
  }

  /** Where the HTTP API and the pages about the run are. */
  public URI uri() {
    return server.uri();
  }

  /** Where AWS is, for anyone on this machine; an access key id that is no function may do all. */
  public URI aws() {
    return account.endpoint();
  }

  /** Clients of {@link #aws} that may do everything. */
  public Operator operator() {
    return account.operator();
  }

  public Stack stack() {
    return account.stack();
  }

  public Inbox inbox() {
    return account.inbox();
  }

  public CallLog calls() {
    return account.calls();
  }

  /** Tells of each write of a table; empty if the database is outside. */
  public Optional<TableWrites> writes() {
    return account.writes();
  }

  /** What functions may read of Secrets Manager. */
  public SecretsEmulator secrets() {
    return account.secrets();
  }

  /** From now on what a service is asked goes to something that stands before it. */
  public void putBefore(String service, UnaryOperator<Backend> before) {
    account.putBefore(service, before);
  }

  /** Knows which grants were used so far. */
  public Authorizer authorizer() {
    return account.authorizer();
  }

  public Functions functions() {
    return functions;
  }

  /** From now on each function begins anew, as after a deployment, and nothing is wrong. */
  void takeUp() {
    page.tell(List.of());
    functions.renew();
  }

  /** The page says what is wrong with the owner's files; everything goes on as it was. */
  void keepOn(List<String> wrong) {
    page.tell(wrong);
  }

  /** What each function has printed, by its logical id. */
  public SortedMap<String, List<String>> logs() {
    return console.lines();
  }

  /**
   * Waits until all that was written so far has gone its way through the streams, and all events
   * that came of it have gone theirs.
   *
   * @throws IllegalStateException something is still owed after this time
   */
  public void drain(Duration limit) throws InterruptedException {
    long before;
    do {
      before = functions.turns();
      eventSources.drain(limit);
      bus.drain(limit);
      calls.drain(limit);
    } while (functions.turns() != before);
  }

  /**
   * From now on no stream and no rule calls a function: each runs when it is invoked, and then
   * only.
   */
  public void stopEvents() {
    eventSources.close();
    bus.stop();
  }

  /**
   * Runs the schedules that are due by the clock, each once; when this returns, what they call has
   * ended. What that has left in the streams has not: {@link #drain} waits for it.
   */
  public void runDueSchedules() {
    scheduler.runDue();
  }

  /** The terminal, also while functions run in this process. */
  public PrintStream terminal() {
    return console.terminal();
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }

  /** Where staff sign in, if they can: at the provider of this run, or at one outside. */
  private Optional<WebServer.Site> staff(Options options) {
    if (!hasStaff(options)) {
      return Optional.empty();
    }
    var door = new HttpApi(account.stack(), "StaffApi", functions, options.clock());
    return Optional.of(issuer.<WebServer.Site>map(it -> new StaffDesk(door, it)).orElse(door));
  }

  private static boolean hasStaff(Options options) {
    return "oidc".equals(options.parameters().get("StaffSignIn"));
  }

  private static Map<String, String> variables(Options options, Optional<LocalTargets> added) {
    var variables = new HashMap<>(options.variables());
    added.ifPresent(targets -> variables.put("LOCAL_TARGETS", targets.folder().toString()));
    return variables;
  }

  private Map<String, String> parameters(Options options) {
    var parameters = new HashMap<>(Account.PARAMETERS);
    parameters.putAll(options.parameters());
    parameters.putIfAbsent("PublicUrl", server.uri().toString());
    if (hasStaff(options)) {
      parameters.put("StaffUrl", server.uri().toString());
    }
    issuer.ifPresent(
        it -> {
          parameters.put("StaffIssuer", it.name());
          parameters.put("StaffClientId", LocalIssuer.CLIENT);
        });
    return parameters;
  }

  /** A provider of staff, unless one outside is named: another site than the pages, as they are. */
  private Optional<LocalIssuer> issuer(Options options) {
    if (!hasStaff(options) || options.parameters().containsKey("StaffIssuer")) {
      return Optional.empty();
    }
    WebServer itsServer = WebServer.listen(0);
    closing.then(itsServer::close);
    var made =
        new LocalIssuer(
            URI.create(
                "http://127.0.0.1:" + itsServer.uri().getPort()), // To browsers another site.
            UUID.randomUUID().toString(),
            server.uri() + "/staff/callback",
            options.clock());
    itsServer.serve(made);
    return Optional.of(made);
  }
}
