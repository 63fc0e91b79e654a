package io.vestibule.verification;

import static io.vestibule.store.Table.DISCLOSURES;
import static io.vestibule.store.Table.REQUESTS;
import static io.vestibule.store.Table.SUBMISSIONS;
import static io.vestibule.store.Table.SYSTEM_KEYS;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Tables;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.rows.AnsweredRequests;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.Endpoint;
import java.time.Clock;
import java.util.function.Consumer;

/** What VerifyFunction is made of, from its environment. */
record VerifyWiring(Service service, Endpoint endpoint, VerifyRoutes routes) {

  /**
   * Wires the function.
   *
   * @param onFailure is told of each request that cannot be answered
   */
  static VerifyWiring of(
      Env env, Clock clock, LinkTexts texts, Consumer<RuntimeException> onFailure) {
    record Config(Service service, Tables tables) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS, REQUESTS, DISCLOSURES, SYSTEM_KEYS)));
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var forms = texts.forms();
    var languages = texts.languages();
    var pages = texts.pages();
    var ofSubmissions =
        new ConfirmAddress(
            Destination.STORAGE, new Submissions(dynamoDb, tables.name(SUBMISSIONS)), clock);
    var ofRequests =
        new ConfirmAddress(
            Destination.DELETION, new Submissions(dynamoDb, tables.name(REQUESTS)), clock);
    var answers =
        new Answers(
            ofRequests,
            new AnsweredRequests(dynamoDb, tables.name(REQUESTS)),
            new Disclosures(dynamoDb, tables.name(DISCLOSURES)),
            new SystemKeys(dynamoDb, tables.name(SYSTEM_KEYS)),
            texts.answerPages(),
            clock);
    var submissionView =
        new SubmissionView(
            forms,
            texts.business(),
            pages,
            texts.confirmPages(),
            new DecideSubmission(forms, languages));
    var requestView =
        new RequestView(pages, texts.confirmPages(), answers, new DecideRequest(forms));
    var submissions = new LinkPages(ofSubmissions, submissionView, pages);
    var requests = new LinkPages(ofRequests, requestView, pages);
    return new VerifyWiring(
        config.service(),
        new Endpoint(languages, pages, onFailure),
        new VerifyRoutes(forms, languages, pages, submissions, requests, answers));
  }
}
