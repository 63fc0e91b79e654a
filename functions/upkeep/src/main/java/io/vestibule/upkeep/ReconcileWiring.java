package io.vestibule.upkeep;

import static io.vestibule.store.Table.MAIL_LIMITS;
import static io.vestibule.store.Table.REQUESTS;
import static io.vestibule.store.Table.SEALING_KEYS;
import static io.vestibule.store.Table.SUBMISSIONS;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.SpentBudgets;
import io.vestibule.store.rows.SubmissionLedger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What ReconcileFunction is made of, from its environment. */
final class ReconcileWiring {

  private record Config(Service service, Tables tables, int mailsPerFormAndHour) {}

  private final Config config;
  private final Clock clock;
  private final DynamoDbClient dynamoDb;
  private final Forms forms = new Forms();

  ReconcileWiring(Env env, Clock clock) {
    this.config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS, REQUESTS, MAIL_LIMITS, SEALING_KEYS),
                    from.count("MAILS_PER_FORM_AND_HOUR")));
    this.clock = clock;
    this.dynamoDb = AwsClients.dynamoDb(env);
  }

  Service service() {
    return config.service();
  }

  Desks desks() {
    return new Desks(desk(SUBMISSIONS), desk(REQUESTS));
  }

  private Desk desk(Table table) {
    return Desk.of(dynamoDb, name(table), forms, clock, new SecureRandom());
  }

  MailBreaker breaker() {
    return new MailBreaker(dynamoDb, name(MAIL_LIMITS));
  }

  AskForWork askForWork() {
    return new AskForWork(
        forms,
        new SpentBudgets(dynamoDb, name(MAIL_LIMITS)),
        config.mailsPerFormAndHour(),
        new SealingKeys(dynamoDb, name(SEALING_KEYS)),
        clock);
  }

  KeepBooks keepBooks() {
    return new KeepBooks(
        List.of(
            new SubmissionLedger(dynamoDb, name(SUBMISSIONS)),
            new SubmissionLedger(dynamoDb, name(REQUESTS))),
        forms);
  }

  private String name(Table table) {
    return config.tables().name(table);
  }
}
