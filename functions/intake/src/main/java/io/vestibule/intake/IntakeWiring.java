package io.vestibule.intake;

import static io.vestibule.store.Table.REQUESTS;
import static io.vestibule.store.Table.SEALING_KEYS;
import static io.vestibule.store.Table.SUBMISSIONS;
import static io.vestibule.store.Table.SYSTEM_KEYS;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Tables;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.NewSubmissions;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Script;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What IntakeFunction is made of, from its environment. */
record IntakeWiring(Service service, Endpoint endpoint, IntakeRoutes routes) {

  /**
   * Wires the function.
   *
   * @param onFailure is told of each request that cannot be answered
   */
  static IntakeWiring of(
      Env env, Clock clock, FormTexts texts, Consumer<RuntimeException> onFailure) {
    record Config(Service service, Tables tables) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS, REQUESTS, SEALING_KEYS, SYSTEM_KEYS)));
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var sealingKeys = new SealingKeys(dynamoDb, tables.name(SEALING_KEYS));
    var systemKeys = new SystemKeys(dynamoDb, tables.name(SYSTEM_KEYS));
    var random = new SecureRandom();
    var frontMac = new CurrentFrontMac(systemKeys, clock);
    var sealingKey = new CurrentSealingKey(sealingKeys, clock);
    var acceptSubmission =
        new AcceptSubmission(
            new SubmissionIds(frontMac, random),
            sealingKey,
            new NewSubmissions(dynamoDb, tables.name(SUBMISSIONS)),
            new NewSubmissions(dynamoDb, tables.name(REQUESTS)));
    var nonces = new Nonces(frontMac, random, clock);
    var proofOfWork = new ProofOfWork(frontMac, sealingKey::asksWork, random, clock);
    var languages = texts.languages();
    var pages = texts.pages();
    var page = new FormPage(nonces, proofOfWork, languages, pages, clock);
    var screening = new Screening(nonces, proofOfWork);
    var post = new FormPost(acceptSubmission, screening, languages, page, pages, clock);
    var form = new FormResource(page, post, nonces, pages, texts.business().timeZone(), clock);
    var endpoint = new Endpoint(languages, pages, onFailure);
    return new IntakeWiring(
        config.service(),
        endpoint,
        new IntakeRoutes(texts.forms(), languages, pages, scripts(), endpoint, form));
  }

  private static Map<String, Script> scripts() {
    return Stream.of(Script.PATH, Script.CONDITIONS)
        .collect(toUnmodifiableMap(it -> it, Script::new));
  }
}
