package io.vestibule.deletion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.NewKeys;
import io.vestibule.keys.SigningKey;
import io.vestibule.local.account.Account;
import io.vestibule.store.AwsClients;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.mail.Counted;
import io.vestibule.store.mail.MailLimits;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Identities.Identity;
import io.vestibule.store.rows.LiveLink;
import io.vestibule.store.rows.NewSubmission;
import io.vestibule.store.rows.NewSubmissions;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.Submissions;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * People whose rows, keys and records are what the functions before deletion write, by the same
 * stores and keys.
 */
final class People {

  private static final Map<String, Choice.Agreed> AGREED =
      Map.of("newsletter", new Choice.Agreed("v1", "en"));
  private static final int MANY = 10_000;
  private static final Duration MONTH = Duration.ofDays(30);

  private final Clock clock;
  private final DynamoDbClient dynamoDb;
  private final SealingKeys sealingKeys;
  private final CustomerKeys customerKeys;
  private final EmailIndex emailIndex;
  private final LinkTokens linkTokens;
  private final IdentityBinding binding;
  private final CustomerTransaction transaction;
  private final Forms forms = new Forms();
  private final SecureRandom random = new SecureRandom();

  People(Account account, Clock clock) {
    this.clock = clock;
    var variables = new HashMap<>(account.variables("DeletionFunction"));
    variables.put("AWS_ACCESS_KEY_ID", "operator");
    var env = Env.of(variables);
    dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, variables.getOrDefault("KEYSET_KEY_ARN", ""));
    var systemKeys = new SystemKeys(dynamoDb, "system-keys");
    sealingKeys = new SealingKeys(dynamoDb, "sealing-keys");
    var ledgerKey = SigningKey.of(env, variables.getOrDefault("LEDGER_KEY_ARN", ""));
    var signers = new NewKeys.Signers(ledgerKey, ledgerKey); // Nobody takes a backup here.
    var newKeys = new NewKeys(keysetKey, sealingKeys, systemKeys, signers, random);
    newKeys.createMissingSystemKeys(clock.instant());
    newKeys.rotateSealingKey(clock.instant());
    customerKeys = new CustomerKeys(keysetKey);
    emailIndex = new EmailIndex(systemKeys, keysetKey, clock);
    linkTokens = new LinkTokens(systemKeys, keysetKey, clock);
    binding =
        new IdentityBinding(systemKeys, new BindingPass(dynamoDb, "system-keys"), keysetKey, clock);
    transaction =
        new CustomerTransaction(
            dynamoDb,
            new VerifiedSubmissions(dynamoDb, "submissions", forms),
            new Identities(dynamoDb, "identities"),
            new Customers(dynamoDb, "customers"),
            new Entries(dynamoDb, "entries"),
            new ErasedAddresses(dynamoDb, "mail-limits", Optional.of(emailIndex::sealOfErasure)),
            new AuditLog(dynamoDb, "audit"));
  }

  String index(String address) {
    return emailIndex.of(EmailAddress.parse(address).orElseThrow());
  }

  String seal(String index, String erasedAt) {
    return emailIndex.sealOfErasure(index, erasedAt);
  }

  LinkTokens linkTokens() {
    return linkTokens;
  }

  /** Somebody handed in a form with a consent, confirmed it, and it is stored. */
  String becomesACustomer(String address) {
    var content =
        new Submission(
            fields(address).put("name", "Ada").put("message", "Hello"),
            Map.of("newsletter", "v1"),
            "en",
            "",
            clock.instant());
    var row = pressed(Destination.STORAGE, "contact", address, content);
    var customerId = "customer-of-" + address.replaceAll("\\W", "-");
    var key = customerKeys.create(customerId);
    var now = clock.instant();
    var form = forms.find("contact").orElseThrow();
    var record = CustomerRecord.empty().with(content, AGREED, form);
    var write =
        new CustomerTransaction.Write(
            row,
            linkTokens.pressOf(row).orElseThrow().proof(),
            binding.first(
                new Identity(index(address), customerId, key.wrapped(), Optional.empty()),
                key.cipher(),
                record,
                EmailAddress.parse(address).orElseThrow(),
                now,
                now),
            key.cipher()
                .encrypt(
                    EntryRecord.of(content, AGREED, form),
                    EntryId.of(content.receivedAt(), row.id()),
                    form.name(),
                    form.version(),
                    content.receivedAt()),
            Optional.empty(),
            List.of());
    if (transaction.commit(write, now) != CustomerTransaction.Result.STORED) {
      throw new AssertionError(address);
    }
    return customerId;
  }

  /** The rows of somebody who was stored before keys were bound to addresses. */
  String becameACustomerBefore(String address) {
    var content =
        new Submission(fields(address).put("name", "Ada"), Map.of(), "en", "", clock.instant());
    var form = forms.find("contact").orElseThrow();
    var customerId = "customer-of-" + address.replaceAll("\\W", "-");
    var key = customerKeys.create(customerId);
    var record = CustomerRecord.empty().with(content, Map.of(), form);
    var row = key.cipher().encrypt(record.toJson(), 1, clock.instant(), clock.instant());
    var now = AttributeValue.fromS(Timestamp.of(clock.instant()));
    put(
        "customers",
        Map.of(
            "customerId", AttributeValue.fromS(customerId),
            "version", AttributeValue.fromN("1"),
            "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(row.ciphertext())),
            "createdAt", now,
            "verifiedAt", now));
    put(
        "identities",
        Map.of(
            "emailIndex", AttributeValue.fromS(index(address)),
            "customerId", AttributeValue.fromS(customerId),
            "wrapped", AttributeValue.fromB(SdkBytes.fromByteArray(key.wrapped())),
            "createdAt", now));
    return customerId;
  }

  private void put(String table, Map<String, AttributeValue> item) {
    dynamoDb.putItem(put -> put.tableName(table).item(item));
  }

  /** Somebody handed in a form, and confirmed it; it is not stored yet. */
  SubmissionRow confirms(String address) {
    return pressed(Destination.STORAGE, "contact", address, message(address));
  }

  /** Somebody handed in a form, and has the mail. */
  RowId handsIn(String address) {
    return mailed(Destination.STORAGE, "contact", address, message(address)).id();
  }

  private Submission message(String address) {
    return new Submission(
        fields(address).put("name", "Ada").put("message", "Hello"),
        Map.of(),
        "en",
        "",
        clock.instant());
  }

  /** Somebody asks for their data, and has pressed the button. */
  SubmissionRow asks(String address, DataRequest.Kind kind) {
    var content =
        new Submission(
            fields(address).put("kind", kind.code()), Map.of(), "en", "", clock.instant());
    return pressed(Destination.DELETION, "privacy", address, content);
  }

  /** The row as the stream would tell of it. */
  Map<String, AttributeValue> item(Destination table, RowId id) {
    return dynamoDb
        .getItem(get -> get.tableName(table(table)).key(Submissions.key(id)).consistentRead(true))
        .item();
  }

  private static String table(Destination destination) {
    return destination.choose("submissions", "requests");
  }

  private static ObjectNode fields(String address) {
    return Json.MAPPER.createObjectNode().put("email", address);
  }

  private SubmissionRow pressed(
      Destination table, String form, String address, Submission content) {
    var row = mailed(table, form, address, content);
    var token = linkTokens.of(row);
    var submissions = new Submissions(dynamoDb, table(table));
    var link = submissions.link(row.id()).orElseThrow();
    if (!submissions.press(row.id(), link, token, choice(content, table), clock.instant())) {
      throw new AssertionError(address);
    }
    return row(table, row.id());
  }

  private static Choice choice(Submission content, Destination table) {
    return Asked.of(content, table)
        .deed()
        .<Choice>map(Choice.Deed::new)
        .orElseGet(Choice.Confirmed::address);
  }

  private SubmissionRow mailed(Destination table, String form, String address, Submission content) {
    var now = clock.instant();
    var id = RowId.random(table, random);
    var sealed = sealingKey().seal(id, form, content.toJson());
    new NewSubmissions(dynamoDb, table(table))
        .add(new NewSubmission(id, form, sealed, Optional.empty(), now, now.plus(MONTH)));
    var row = row(table, id);
    var limits = new MailLimits("mail-limits", table, new MailLimits.Most(MANY, MANY, MANY, MANY));
    var mailings = new Mailings(dynamoDb, table(table), limits);
    var terms =
        DataRequest.of(content.fields())
            .map(asked -> new Mailings.Terms(asked.kind(), now.plus(MONTH)));
    var _ =
        mailings.claim(
            new Mailings.Mailing(
                row,
                index(address),
                new Counted(index(address), Optional.empty()),
                MailLimits.Cap.MAILBOX,
                linkTokens.of(row).hash(),
                now.plus(MONTH),
                now.plusSeconds(60),
                now.plus(MONTH),
                MailLimits.Budget.FORM,
                Asked.of(content, table).text(),
                List.of(new LiveLink(1, now.plus(MONTH), linkTokens.of(row).hash())),
                terms),
            now);
    mailings.mailed(row, now);
    return row;
  }

  private SubmissionRow row(Destination table, RowId id) {
    return SubmissionRow.read(table, item(table, id)).orElseThrow();
  }

  private SealingKey sealingKey() {
    var current = sealingKeys.current().orElseThrow();
    try {
      return SealingKey.parse(current.id(), current.keyset());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
