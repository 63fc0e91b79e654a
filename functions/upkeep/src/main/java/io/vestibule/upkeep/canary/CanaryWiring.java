package io.vestibule.upkeep.canary;

import static io.vestibule.store.Table.SUBMISSIONS;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Form;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.TimeLimits;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What CanaryFunction is made of, from its environment. */
final class CanaryWiring {

  private record Config(
      Service service,
      Tables tables,
      URI publicUrl,
      String form,
      String seed,
      Optional<String> mailbox) {}

  private record Mailbox(String address, String bucket, Tables tables) {}

  private final Env env;
  private final Clock clock;
  private final Config config;
  private final DynamoDbClient dynamoDb;
  private final Door door;

  CanaryWiring(Env env, Clock clock) {
    this.env = env;
    this.clock = clock;
    this.config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS),
                    URI.create(from.text("PUBLIC_URL")),
                    from.text("CANARY_FORM"),
                    from.text("CANARY_SEED"),
                    from.optional("CANARY_MAILBOX")));
    this.dynamoDb = AwsClients.dynamoDb(env);
    this.door = new Door(config.publicUrl(), TimeLimits.of(env));
  }

  Service service() {
    return config.service();
  }

  Canary canary() {
    var rows = new RowStates(dynamoDb, Map.of(Destination.STORAGE, name(SUBMISSIONS)));
    return new Canary(
        door,
        config.form(),
        new HourlyPost(handIn(config.form())),
        new AwaitMail(rows, Pause.REAL),
        clock);
  }

  /** Only where the canary has a mailbox. */
  Optional<Round> round() {
    return config.mailbox().map(this::round);
  }

  private Round round(String address) {
    var mailbox =
        env.read(
            from ->
                new Mailbox(
                    address, from.text("CANARY_MAIL_BUCKET"), Tables.read(from, Table.REQUESTS)));
    var rows =
        new RowStates(
            dynamoDb,
            Map.of(
                Destination.STORAGE,
                name(SUBMISSIONS),
                Destination.DELETION,
                mailbox.tables().name(Table.REQUESTS)));
    var folder =
        new MailFolder(
            AwsClients.configure(S3Client.builder(), env).build(),
            mailbox.bucket(),
            new Links(config.publicUrl()));
    return new Round(
        handIn(config.form()), handIn(Form.PRIVACY), rows, folder, door, mailbox.address());
  }

  private HandIn handIn(String form) {
    return new HandIn(door, form, config.seed());
  }

  private String name(Table table) {
    return config.tables().name(table);
  }
}
