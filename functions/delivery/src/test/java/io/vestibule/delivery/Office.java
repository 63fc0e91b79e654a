package io.vestibule.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.AuditAction;
import io.vestibule.core.Choice;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Submission;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.kind.Receiver;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.Installation;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.ses.Mail;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Erasure;
import io.vestibule.store.Invocation;
import io.vestibule.store.Table;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.people.CustomerVersion;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Identities.Identity;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.UnboundIdentities;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * An installation with targets on this machine, and people who hand in the contact form: their rows
 * are what the functions before the delivery write, by the same stores and keys.
 */
final class Office implements Closeable {

  /** Of a target that needs no consent, after its other members. */
  static final String GROUND = ", \"ground\": \"processor\"";

  /** Of a target that needs one. */
  static final String MARKETING = ", \"purpose\": \"marketing\"";

  static final String DELIVER = "DeliverFunction";
  static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** What no log, no metric and no plain column may have. */
  static final String CANARY = "canary-2b7f";

  private static final Map<String, Choice.Agreed> AGREED =
      Map.of("newsletter", new Choice.Agreed("v1", "en"));

  /** Entries in one transaction, each with a row of the outbox. */
  private static final int AT_ONCE = 50;

  final MovableClock clock;
  final Installation installation;
  final Receiver receiver = new Receiver();
  final Deliveries deliveries;
  final Recipients recipients;

  private final Path folder;
  private final DynamoDbClient dynamoDb;
  private final CustomerKeys keys;
  private final EmailIndex emailIndex;
  private final IdentityBinding binding;
  private final CustomerTransaction store;
  private final DeletionTransactions deletion;
  private final KnownCustomers customers;
  private final LinkTokens linkTokens;
  private final Forms forms = new Forms();
  private final SecureRandom random = new SecureRandom();
  private final Deque<DeliverHandler> idle = new ConcurrentLinkedDeque<>();
  private int people;

  /** An office at noon of the next day; time passes by its clock's word only. */
  Office(Path folder) throws IOException {
    this(folder, stoppedAtNoon());
  }

  static MovableClock stoppedAtNoon() {
    var clock = MovableClock.fromNoonTomorrow();
    clock.stop();
    return clock;
  }

  Office(Path folder, MovableClock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    installation = Installation.open(clock);
    var variables = new HashMap<>(installation.account().variables("StoreFunction"));
    variables.put("AWS_ACCESS_KEY_ID", "operator");
    var env = Env.of(variables);
    dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, requireNonNull(variables.get("KEYSET_KEY_ARN")));
    var systemKeys = new SystemKeys(dynamoDb, name(Table.SYSTEM_KEYS));
    keys = new CustomerKeys(keysetKey);
    emailIndex = new EmailIndex(systemKeys, keysetKey, clock);
    binding =
        new IdentityBinding(
            systemKeys, new BindingPass(dynamoDb, name(Table.SYSTEM_KEYS)), keysetKey, clock);
    var identities = new Identities(dynamoDb, name(Table.IDENTITIES));
    var customerRows = new Customers(dynamoDb, name(Table.CUSTOMERS));
    var erasedAddresses =
        new ErasedAddresses(
            dynamoDb, name(Table.MAIL_LIMITS), Optional.of(emailIndex::sealOfErasure));
    var audit = new AuditLog(dynamoDb, name(Table.AUDIT));
    store =
        new CustomerTransaction(
            dynamoDb,
            new VerifiedSubmissions(dynamoDb, name(Table.SUBMISSIONS), forms),
            identities,
            customerRows,
            new Entries(dynamoDb, name(Table.ENTRIES)),
            erasedAddresses,
            audit);
    deletion =
        new DeletionTransactions(
            dynamoDb,
            identities,
            customerRows,
            new ErasedNumbers(dynamoDb, name(Table.ERASURES)),
            erasedAddresses,
            audit);
    customers =
        new KnownCustomers(new CustomerRows(dynamoDb, identities, customerRows), keys, binding);
    linkTokens = installation.linkTokens("StoreFunction");
    deliveries = new Deliveries(dynamoDb, name(Table.DELIVERIES));
    recipients = new Recipients(dynamoDb, identities, name(Table.RECIPIENTS));
  }

  String name(Table table) {
    return installation.name(table);
  }

  /** A webhook, which has a secret, with more members of its file. */
  void webhook(String name, String more) {
    var url = receiver.url("/" + name);
    target(
        name,
        "{\"kind\": \"webhook\", \"url\": \"%s\", \"content\": \"full\"%s}".formatted(url, more));
    secret(name, "{\"keys\": [\"" + KEY + "\"]}");
  }

  void target(String name, String file) {
    coldStart();
    try {
      Files.writeString(folder.resolve(name + ".json"), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void removeTarget(String name) throws IOException {
    coldStart();
    Files.delete(folder.resolve(name + ".json"));
  }

  void secret(String name, String value) {
    coldStart();
    var prefix = installation.account().variables(DELIVER).get("SECRETS_PREFIX");
    installation.account().secrets().put(prefix + name, value);
  }

  /** Nobody is told any more, and nothing waits. */
  void forgetTargets() throws IOException {
    coldStart();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    installation.empty(Table.LANES);
    installation.empty(Table.DELIVERIES);
    receiver.calls().clear();
    receiver.usually(204);
  }

  /** The function in a fresh environment. */
  DeliverHandler handler() {
    var variables = new HashMap<>(installation.account().variables(DELIVER));
    variables.put("LOCAL_TARGETS", folder.toString());
    return new DeliverHandler(Env.of(variables), clock);
  }

  private Targets targets() {
    return new Targets(Optional.empty(), Optional.of(folder));
  }

  JsonNode wake() {
    return invoke("{}");
  }

  /** A batch of the stream that names a row so many times, by {@link #invoke}. */
  void stream(String target, int times) {
    invoke(batch(target, times));
  }

  /** No environment is left that knows anything. */
  void coldStart() {
    idle.clear();
  }

  /**
   * In an environment that is idle, as Lambda has it, or in a fresh one. One in which an invocation
   * has failed is gone, and so are all when a target or its secret has changed: what they know of
   * them ends by time only, and then by parts.
   */
  JsonNode invoke(String event) {
    var handler = Optional.ofNullable(idle.poll()).orElseGet(this::handler);
    var answer = call(handler, event);
    idle.push(handler);
    return answer;
  }

  static JsonNode call(DeliverHandler handler, String event) {
    try {
      var answer = new ByteArrayOutputStream();
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new Invocation(DELIVER));
      return Json.MAPPER.readTree(answer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A batch of the stream that names a row, so many times. */
  static String batch(String target, int times) {
    var event = Json.MAPPER.createObjectNode();
    var records = event.putArray("Records");
    for (int i = 0; i < times; i++) {
      records
          .addObject()
          .putObject("dynamodb")
          .putObject("Keys")
          .putObject("target")
          .put("S", target);
    }
    return event.toString();
  }

  /** Somebody who is a customer, and what they handed in last. */
  record Somebody(String email, String customerId, EntryId entryId) {

    String number() {
      return entryId.number().value();
    }
  }

  /** Somebody new hands in the contact form, and agrees to the newsletter. */
  Somebody handsIn() {
    people++;
    return handsIn("person%d@%s.example".formatted(people, CANARY), "Hello");
  }

  /** What is handed in is stored, and all targets are to be told of it. */
  Somebody handsIn(String email, String message) {
    return handsIn(email, message, AGREED);
  }

  /** The same, of who agrees to nothing this time. */
  Somebody onlyWrites(String email, String message) {
    return handsIn(email, message, Map.of());
  }

  private Somebody handsIn(String email, String message, Map<String, Choice.Agreed> choices) {
    var content = new Submission(fields(email, message), Map.of(), "en", "", clock.instant());
    var row = press(installation.submit("contact", content.fields()));
    var entryId = EntryId.of(content.receivedAt(), row.id());
    var known = find(email);
    var customerId = known.map(KnownCustomer::customerId).orElse("c-" + row.id().value());
    var form = forms.find("contact").orElseThrow();
    var record =
        known
            .map(KnownCustomer::record)
            .orElseGet(CustomerRecord::empty)
            .with(content, choices, form);
    var created = known.isPresent() ? null : keys.create(customerId);
    var now = clock.instant();
    var cipher = known.map(KnownCustomer::cipher).orElseGet(() -> requireNonNull(created).cipher());
    var version =
        known
            .map(it -> it.next(record, address(email), now))
            .orElseGet(
                () ->
                    binding.first(
                        new Identity(
                            index(email),
                            customerId,
                            requireNonNull(created).wrapped(),
                            Optional.empty()),
                        cipher,
                        record,
                        address(email),
                        now,
                        now));
    var entry =
        cipher.encrypt(
            EntryRecord.of(content, choices, form),
            entryId,
            form.name(),
            form.version(),
            content.receivedAt());
    write(row, version, entry, outbox(customerId, entryId));
    return new Somebody(email, customerId, entryId);
  }

  /**
   * Somebody has handed in so many more: entries and rows of the outbox as they stand in the end,
   * without the steps that lead there. The customer's record is that of the first.
   */
  void handedIn(Somebody person, int times) {
    var cipher = find(person.email()).orElseThrow().cipher();
    var first = entry(person);
    for (int done = 0; done < times; done += AT_ONCE) {
      var items =
          IntStream.range(done, Math.min(done + AT_ONCE, times))
              .mapToObj(number -> again(person, first, cipher, "Message " + number))
              .flatMap(List::stream)
              .toList();
      dynamoDb.transactWriteItems(write -> write.transactItems(items));
    }
  }

  private List<TransactWriteItem> again(
      Somebody person, Map<String, AttributeValue> first, CustomerCipher cipher, String message) {
    var form = forms.find("contact").orElseThrow();
    var at = Entries.row(first).receivedAt();
    var content = new Submission(fields(person.email(), message), Map.of(), "en", "", at);
    var entryId = EntryId.of(at, RowId.random(form.confirmed(), random));
    var row =
        cipher.encrypt(
            EntryRecord.of(content, AGREED, form), entryId, form.name(), form.version(), at);
    var item = new HashMap<>(first);
    item.put("entryId", AttributeValue.fromS(entryId.value()));
    item.put("number", AttributeValue.fromS(entryId.number().value()));
    item.put("ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(row.ciphertext())));
    var entry =
        TransactWriteItem.builder()
            .put(put -> put.tableName(name(Table.ENTRIES)).item(item))
            .build();
    return Stream.concat(Stream.of(entry), outbox(person.customerId(), entryId).stream()).toList();
  }

  /** What stands for everything that is known of somebody, which all targets are to be told of. */
  Somebody standsForAll(Somebody person) {
    var known = find(person.email()).orElseThrow();
    var newest = known.record().newest().orElseThrow();
    var entryId = EntryId.synthetic(newest.at(), person.customerId());
    var entry =
        known
            .cipher()
            .encrypt(
                EntryRecord.of(known.record(), newest), entryId, newest.form(), "v1", newest.at());
    var entries = new Entries(dynamoDb, name(Table.ENTRIES));
    var isAdded =
        new UnboundIdentities(dynamoDb, name(Table.IDENTITIES), entries)
            .bind(known.identity(), known.bound(), entry, clock.instant());
    if (!isAdded) {
      throw new AssertionError(entryId);
    }
    dynamoDb.transactWriteItems(write -> write.transactItems(outbox(person.customerId(), entryId)));
    return new Somebody(person.email(), person.customerId(), entryId);
  }

  private void write(
      SubmissionRow row,
      CustomerVersion version,
      Entries.EntryRow entry,
      List<TransactWriteItem> outbox) {
    var proof = linkTokens.pressOf(row).orElseThrow().proof();
    var result =
        store.commit(
            new CustomerTransaction.Write(row, proof, version, entry, Optional.empty(), outbox),
            clock.instant());
    if (result != CustomerTransaction.Result.STORED) {
      throw new AssertionError(result);
    }
  }

  private List<TransactWriteItem> outbox(String customerId, EntryId entryId) {
    var now = clock.instant();
    return targets().of(forms.find("contact").orElseThrow()).stream()
        .map(it -> deliveries.tell(it.name(), customerId, entryId, now.plus(it.gathered()), now))
        .toList();
  }

  /** They withdraw every consent, and targets are to be told of it. */
  void withdraw(Somebody somebody) {
    var now = clock.instant();
    var customer = find(somebody.email()).orElseThrow();
    deletion.change(
        Optional.empty(),
        customer.next(customer.record().withdraw("", now)),
        AuditAction.WITHDRAWN,
        "test",
        List.of(),
        now);
  }

  /** The row of a withdrawal in the outbox. */
  News.Withdrew tellWithdrawal(Somebody somebody, String purpose) {
    var request = "r" + somebody.entryId().value().substring(21);
    var news = new News.Withdrew(request, purpose, clock.instant());
    for (var target : targets().needing(purpose, forms.all())) {
      var item = deliveries.tell(target, somebody.customerId(), news, clock.instant());
      dynamoDb.transactWriteItems(write -> write.transactItems(item));
    }
    return news;
  }

  /** They are erased, and whoever was told is to be told of it. */
  void erase(Somebody somebody, String askedBy) {
    var erased = eraseHere(somebody, askedBy);
    recipients.of(somebody.customerId()).stream()
        .map(Recipients.Recipient::target)
        .forEach(it -> deliveries.tellErased(it, erased));
  }

  /** They are erased, and nobody else is to hear of it yet. */
  Erasure eraseHere(Somebody somebody, String askedBy) {
    var now = clock.instant();
    var customer = find(somebody.email()).orElseThrow();
    var erasure =
        new Erasure(index(somebody.email()), Optional.of(somebody.customerId()), now, askedBy);
    var result = deletion.erase(erasure, Optional.empty(), customer.identity(), customer.row(), 1);
    if (result != DeletionTransactions.Result.DONE) {
      throw new AssertionError(result);
    }
    return erasure;
  }

  static Delivery erased(String target, Somebody somebody, Instant at) {
    return new Delivery(
        target, somebody.customerId(), new News.Erased(somebody.customerId(), at), 0, at);
  }

  /** Changes a customer in the way that every deed does. */
  void touch(Somebody somebody) {
    var customer = find(somebody.email()).orElseThrow();
    deletion.change(
        Optional.empty(),
        customer.next(customer.record()),
        AuditAction.MERGED,
        "test",
        List.of(),
        clock.instant());
  }

  Map<String, AttributeValue> entry(Somebody somebody) {
    return dynamoDb.getItem(get -> get.tableName(name(Table.ENTRIES)).key(key(somebody))).item();
  }

  private static Map<String, AttributeValue> key(Somebody somebody) {
    return Map.of(
        "customerId", AttributeValue.fromS(somebody.customerId()),
        "entryId", AttributeValue.fromS(somebody.entryId().value()));
  }

  void removeEntry(Somebody somebody) {
    dynamoDb.deleteItem(delete -> delete.tableName(name(Table.ENTRIES)).key(key(somebody)));
  }

  /** As the time to live deletes it. */
  void removeRow(String target, Somebody somebody) {
    var row = row(target, somebody);
    dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(name(Table.DELIVERIES))
                .key(Map.of("target", row.get("target"), "id", row.get("id"))));
  }

  /** The row of an entry in the outbox. */
  Map<String, AttributeValue> row(String target, Somebody somebody) {
    return row(target, "entry#" + somebody.entryId());
  }

  Map<String, AttributeValue> row(String target, String id) {
    var key = Map.of("target", AttributeValue.fromS(target), "id", AttributeValue.fromS(id));
    return dynamoDb
        .getItem(get -> get.tableName(name(Table.DELIVERIES)).key(key).consistentRead(true))
        .item();
  }

  /** What the recipients' table has of what a target was told of somebody. */
  Map<String, AttributeValue> recipient(String target, Somebody somebody) {
    var key =
        Map.of(
            "customerId", AttributeValue.fromS(somebody.customerId()),
            "target", AttributeValue.fromS(target));
    return dynamoDb.getItem(get -> get.tableName(name(Table.RECIPIENTS)).key(key)).item();
  }

  String text(Map<String, AttributeValue> row, String column) {
    return row.getOrDefault(column, AttributeValue.fromS("")).s();
  }

  List<Map<String, AttributeValue>> all(Table table) {
    return dynamoDb.scanPaginator(scan -> scan.tableName(name(table))).items().stream().toList();
  }

  void put(Table table, Map<String, AttributeValue> item) {
    installation.put(table, item);
  }

  List<JsonNode> told() {
    return receiver.calls().stream().map(Office::body).toList();
  }

  static JsonNode body(Receiver.Call call) {
    try {
      return Json.MAPPER.readTree(call.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Mail> mails() {
    return installation.account().inbox().mails();
  }

  /** What is logged and counted meanwhile. */
  static String printed(Runnable work) {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }

  static int times(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  void advance(Duration by) {
    clock.advance(by);
  }

  Optional<KnownCustomer> find(String email) {
    try {
      return customers.find(index(email));
    } catch (KnownCustomers.Unreadable e) {
      throw new AssertionError(e);
    }
  }

  private SubmissionRow press(SubmissionRow row) {
    var proof = linkTokens.mailed(row).proof(row.id(), row.linkNo());
    return installation.with(
        row.id(),
        Map.of(
            "status", AttributeValue.fromS("VERIFIED"),
            "proof", AttributeValue.fromB(SdkBytes.fromByteArray(proof)),
            "verifiedAt", AttributeValue.fromS(Timestamp.of(clock.instant()))));
  }

  private String index(String email) {
    return emailIndex.of(address(email));
  }

  private static EmailAddress address(String email) {
    return EmailAddress.parse(email).orElseThrow();
  }

  private static ObjectNode fields(String email, String message) {
    return Installation.contact(email).put("message", message);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
    dynamoDb.close();
    installation.close();
  }
}
