package io.vestibule.verification;

import static io.vestibule.store.Table.DISCLOSURES;
import static io.vestibule.store.Table.REQUESTS;
import static io.vestibule.store.Table.SUBMISSIONS;
import static io.vestibule.store.Table.SYSTEM_KEYS;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Told;
import io.vestibule.core.wording.Wordings;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Tables;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.rows.AnsweredRequests;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.AnswerPages;
import io.vestibule.web.ConfirmPages;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;
import java.time.Clock;
import java.util.function.Consumer;

/** What VerifyFunction is made of, from its environment. */
record VerifyWiring(Service service, Endpoint endpoint, VerifyRoutes routes) {

  /**
   * Wires the function.
   *
   * @param onFailure is told of each request that cannot be answered
   */
  static VerifyWiring of(Env env, Clock clock, Consumer<RuntimeException> onFailure) {
    record Config(Service service, Tables tables, Told told) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS, REQUESTS, DISCLOSURES, SYSTEM_KEYS),
                    Told.read(from)));
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var forms = new Forms();
    var business = Business.load();
    var languages = new Languages(new Wordings());
    var pages = new Pages(business, languages, config.told());
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
            new AnswerPages(business, languages, forms),
            clock);
    var confirmPages = new ConfirmPages(business, languages, forms);
    var submissionView =
        new SubmissionView(
            forms, business, pages, confirmPages, new DecideSubmission(forms, languages));
    var requestView = new RequestView(pages, confirmPages, answers, new DecideRequest(forms));
    var submissions = new LinkPages(ofSubmissions, submissionView, pages);
    var requests = new LinkPages(ofRequests, requestView, pages);
    return new VerifyWiring(
        config.service(),
        new Endpoint(languages, pages, onFailure),
        new VerifyRoutes(forms, languages, pages, submissions, requests, answers));
  }
}
