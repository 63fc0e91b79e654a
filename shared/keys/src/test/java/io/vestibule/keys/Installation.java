package io.vestibule.keys;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import io.vestibule.core.Hint;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.local.account.Account;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.NewSubmission;
import io.vestibule.store.rows.NewSubmissions;
import io.vestibule.store.rows.SubmissionRow;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The template on embedded AWS, with keys, and rows as intake writes them: what the modules behind
 * the door test themselves on. Each function's clients have that function's role.
 */
public final class Installation implements Closeable {

  /** The most that one BatchWriteItem takes. */
  private static final int WRITES_AT_ONCE = 25;

  private final Account account;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Forms forms = new Forms();
  private final DynamoDbClient intake;
  private final NewKeys newKeys;

  private Installation(Account account, Clock clock) {
    this.account = account;
    this.clock = clock;
    this.intake = dynamoDb("IntakeFunction");
    var env = env("KeyRotationFunction");
    var variables = account.variables("KeyRotationFunction");
    var rotation = dynamoDb("KeyRotationFunction");
    this.newKeys =
        new NewKeys(
            KeysetKey.of(env, requireNonNull(variables.get("KEYSET_KEY_ARN"))),
            new SealingKeys(rotation, name(Table.SEALING_KEYS)),
            new SystemKeys(rotation, name(Table.SYSTEM_KEYS)),
            new NewKeys.Signers(
                SigningKey.of(env, requireNonNull(variables.get("LEDGER_KEY_ARN"))),
                SigningKey.of(env, requireNonNull(variables.get("RECEIPT_KEY_ARN")))),
            random);
    makeKeys();
  }

  private void makeKeys() {
    newKeys.createMissingSystemKeys(clock.instant());
    newKeys.rotateSealingKey(clock.instant());
  }

  /** Opens one, for a module that lies two folders below the template. */
  public static Installation open(Clock clock) throws IOException {
    return new Installation(Account.open(Path.of("..", "..", "template.yaml"), clock), clock);
  }

  /**
   * Takes all rows out of all tables, and makes new keys in them: a quarter of what it costs to
   * open another. The time, and what objects have read so far, stay as they are.
   */
  public void startAfresh() {
    account.stack().tables().forEach(table -> empty(table.name()));
    makeKeys();
  }

  /** Takes all rows out of a table. */
  public void empty(Table table) {
    empty(name(table));
  }

  private void empty(String table) {
    var dynamoDb = account.operator().dynamoDb();
    var keyNames =
        dynamoDb.describeTable(describe -> describe.tableName(table)).table().keySchema().stream()
            .map(KeySchemaElement::attributeName)
            .toList();
    dynamoDb.scanPaginator(scan -> scan.tableName(table)).items().stream()
        .map(item -> keyNames.stream().collect(toMap(name -> name, item::get)))
        .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
        .gather(Gatherers.windowFixed(WRITES_AT_ONCE))
        .forEach(
            writes -> dynamoDb.batchWriteItem(write -> write.requestItems(Map.of(table, writes))));
  }

  public Account account() {
    return account;
  }

  /** The environment of a function. */
  public Env env(String function) {
    return Env.of(account.variables(function));
  }

  public DynamoDbClient dynamoDb(String function) {
    return AwsClients.dynamoDb(env(function));
  }

  /** The key that wraps keysets, as far as the function may use it. */
  public KeysetKey keysetKey(String function) {
    return KeysetKey.of(
        env(function), requireNonNull(account.variables(function).get("KEYSET_KEY_ARN")));
  }

  public NewKeys newKeys() {
    return newKeys;
  }

  public SystemKeys systemKeys(String function) {
    return new SystemKeys(dynamoDb(function), name(Table.SYSTEM_KEYS));
  }

  public SealingKeys sealingKeys(String function) {
    return new SealingKeys(dynamoDb(function), name(Table.SEALING_KEYS));
  }

  public EmailIndex emailIndex(String function) {
    return new EmailIndex(systemKeys(function), keysetKey(function), clock);
  }

  public IdentityBinding binding(String function) {
    return new IdentityBinding(
        systemKeys(function),
        new BindingPass(dynamoDb(function), name(Table.SYSTEM_KEYS)),
        keysetKey(function),
        clock);
  }

  public LinkTokens linkTokens(String function) {
    return new LinkTokens(systemKeys(function), keysetKey(function), clock);
  }

  public SubmissionOpener opener(String function) {
    return opener(function, forms);
  }

  /** Opens what was handed in after, or before, a form was changed. */
  public SubmissionOpener opener(String function, Forms atThatTime) {
    return new SubmissionOpener(sealingKeys(function), keysetKey(function), atThatTime, clock);
  }

  /** What a table is called; one function or another has its name. */
  public String name(Table table) {
    return account.stack().functions().stream()
        .map(function -> account.variables(function.logicalId()))
        .map(variables -> Optional.ofNullable(variables.get(table.name() + "_TABLE")))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  /** What somebody enters in the form {@code contact}. */
  public static ObjectNode contact(String email) {
    return Json.MAPPER
        .createObjectNode()
        .put("email", email)
        .put("name", "Ada")
        .put("message", "Hi");
  }

  /** What somebody enters in the form {@code privacy}. */
  public static ObjectNode request(String email, String kind) {
    return Json.MAPPER.createObjectNode().put("email", email).put("kind", kind);
  }

  /** Takes an entry in, as intake does. */
  public SubmissionRow submit(String form, ObjectNode fields) {
    return submit(form, fields, Optional.empty());
  }

  public SubmissionRow submit(String form, ObjectNode fields, Optional<Hint> hint) {
    var target = forms.find(form).orElseThrow();
    var id = RowId.random(target.confirmed(), random);
    var content =
        new Submission(fields, Map.of(), "en", "", clock.instant()).by(target.sealedVersion());
    return submit(id, target, content.toJson(), hint);
  }

  /** Takes in what intake would never seal. */
  public SubmissionRow submitSealed(String form, byte[] content) {
    var target = forms.find(form).orElseThrow();
    return submit(RowId.random(target.confirmed(), random), target, content, Optional.empty());
  }

  private SubmissionRow submit(RowId id, Form form, byte[] content, Optional<Hint> hint) {
    var submission =
        new NewSubmission(
            id,
            form.name(),
            sealingKey().seal(id, form.name(), content),
            hint,
            clock.instant(),
            clock.instant().plus(form.keep().unverified()));
    new NewSubmissions(intake, name(Table.of(id.destination()))).add(submission);
    return row(id).orElseThrow();
  }

  private SealingKey sealingKey() {
    try {
      var current = new SealingKeys(intake, name(Table.SEALING_KEYS)).current().orElseThrow();
      return SealingKey.parse(current.id(), current.keyset());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the current key is a key", e);
    }
  }

  /** The row as the functions behind the door read it now; empty if it is none that they take. */
  public Optional<SubmissionRow> row(RowId id) {
    return SubmissionRow.read(id.destination(), item(id));
  }

  /** All columns of a row; empty if it is gone. */
  public Map<String, AttributeValue> item(RowId id) {
    return item(Table.of(id.destination()), "id", id.value());
  }

  public Map<String, AttributeValue> item(Table table, String keyName, String key) {
    return account
        .operator()
        .dynamoDb()
        .getItem(
            get ->
                get.tableName(name(table))
                    .key(Map.of(keyName, AttributeValue.fromS(key)))
                    .consistentRead(true))
        .item();
  }

  public String text(RowId id, String column) {
    return item(id).getOrDefault(column, AttributeValue.fromS("")).s();
  }

  /** Changes columns of a row past all functions. */
  public SubmissionRow with(RowId id, Map<String, AttributeValue> columns) {
    var item = new HashMap<>(item(id));
    item.putAll(columns);
    put(Table.of(id.destination()), item);
    return row(id).orElseThrow();
  }

  public void put(Table table, Map<String, AttributeValue> item) {
    account.operator().dynamoDb().putItem(put -> put.tableName(name(table)).item(item));
  }

  @Override
  public void close() throws IOException {
    intake.close();
    account.close();
  }
}
