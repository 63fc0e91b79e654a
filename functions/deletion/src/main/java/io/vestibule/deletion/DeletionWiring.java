package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.Law;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.targets.Targets;
import io.vestibule.core.wording.Wordings;
import io.vestibule.deletion.answer.AnswerAccess;
import io.vestibule.deletion.answer.AnswerErasure;
import io.vestibule.deletion.answer.AnswerRequest;
import io.vestibule.deletion.answer.AnswerWithdrawal;
import io.vestibule.deletion.answer.CopyOfData;
import io.vestibule.deletion.answer.CopyOfEntries;
import io.vestibule.deletion.answer.CopyOfStaff;
import io.vestibule.deletion.answer.FollowRequests;
import io.vestibule.deletion.answer.FollowWithdrawal;
import io.vestibule.deletion.answer.OpenRequest;
import io.vestibule.deletion.answer.PutCopy;
import io.vestibule.deletion.answer.Receipts;
import io.vestibule.deletion.answer.RenewReceipt;
import io.vestibule.deletion.answer.RequestEnds;
import io.vestibule.deletion.answer.Rights;
import io.vestibule.deletion.answer.SignedReceipts;
import io.vestibule.deletion.behalf.BehalfAudit;
import io.vestibule.deletion.behalf.ConfirmEntered;
import io.vestibule.deletion.behalf.Decide;
import io.vestibule.deletion.behalf.EnterRequest;
import io.vestibule.deletion.behalf.SealRequest;
import io.vestibule.deletion.behalf.Terms;
import io.vestibule.deletion.behalf.WhoAsks;
import io.vestibule.keys.KnownEntries;
import io.vestibule.keys.KnownNotes;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.RecordOwner;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.StaffLooks;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.mail.Suppressions;
import io.vestibule.store.rows.ConfirmedSubmissions;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.EnteredRequests;
import io.vestibule.store.rows.ExpiredSubmissions;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What DeletionFunction is made of, from its environment. */
final class DeletionWiring {

  final Service service;
  final FollowRequests followRequests;
  final CarryOutOrder carryOutOrder;
  final FindOpen findOpen;

  private static final class Settings {

    final Service service;
    final ErasureParts.Settings parts;
    final Tables keys;
    final int identityRecoveryDays;
    final boolean isIdentityVault;
    final Law law;
    final int piplDays;
    final Duration staffAuditKept;
    final Targets targets;

    Settings(Env.Reader from) {
      service = Service.read(from);
      parts = new ErasureParts.Settings(from);
      keys = Tables.read(from, Table.SEALING_KEYS);
      identityRecoveryDays = from.count("IDENTITY_RECOVERY_DAYS");
      isIdentityVault = from.optional("IDENTITY_VAULT").isPresent();
      law = from.oneOf("LAW", Law.class);
      piplDays = from.count("PIPL_DAYS");
      staffAuditKept = Duration.ofDays(from.count("STAFF_AUDIT_DAYS"));
      targets = Targets.of(from);
    }
  }

  DeletionWiring(Env env, Clock clock) {
    var settings = env.read(Settings::new);
    service = settings.service;
    var parts = new ErasureParts(env, settings.parts, true, clock);
    var submissions = settings.parts.tables.name(Table.SUBMISSIONS);
    var requests = settings.parts.tables.name(Table.REQUESTS);
    var forms = parts.forms;
    var emailIndex = parts.emailIndex.orElseThrow();
    var random = new SecureRandom();

    var systemKeys = parts.systemKeys;
    var sealingKeys = new SealingKeys(parts.dynamoDb, settings.keys.name(Table.SEALING_KEYS));
    var linkTokens = new LinkTokens(systemKeys, parts.keysetKey, clock);
    var opener = new SubmissionOpener(sealingKeys, parts.keysetKey, forms, clock);
    var confirmedSubmissions = new ConfirmedSubmissions(parts.dynamoDb, submissions);
    var verifiedRequests = new VerifiedSubmissions(parts.dynamoDb, requests, forms);

    var receipts =
        new Receipts(
            Rights.under(settings.law),
            Optional.ofNullable(Business.load().complaints()),
            Receipts.keyRecoverable(settings.identityRecoveryDays, settings.isIdentityVault));
    var ends = new RequestEnds(parts.confirmed, opener.notices(emailIndex));
    var signed = new SignedReceipts(ends, linkTokens.awaitedSeal(), parts.erasureKey, random);

    var erasure =
        new AnswerErasure(
            parts.eraseCustomer,
            parts.transactions,
            parts.confirmed,
            receipts,
            signed,
            parts.passedOn,
            clock);
    var knownEntries = new KnownEntries(parts.entries, parts.identities);
    var copyOfData =
        new CopyOfData(
            parts.submissions,
            parts.requests,
            new CopyOfEntries(knownEntries, new Wordings()),
            parts.passedOn,
            parts.audit,
            new CopyOfStaff(
                new StaffLooks(parts.dynamoDb, settings.parts.tables.name(Table.AUDIT)),
                new KnownNotes(parts.notes)),
            forms);
    var putCopy = new PutCopy(parts.disclosures, random);
    var access =
        new AnswerAccess(
            parts.customers,
            confirmedSubmissions,
            copyOfData,
            putCopy,
            ends,
            parts.transactions,
            clock);
    var withdrawal =
        new AnswerWithdrawal(
            parts.customers,
            confirmedSubmissions,
            parts.transactions,
            receipts,
            signed,
            new FollowWithdrawal(
                settings.targets, forms, knownEntries, parts.recipients, parts.deliveries),
            clock);
    var answerRequest =
        new AnswerRequest(
            linkTokens,
            new OpenRequest(opener, emailIndex),
            verifiedRequests,
            erasure,
            access,
            withdrawal,
            clock);

    var departed = new DepartedRows(new ExpiredSubmissions(parts.dynamoDb, requests));
    var quarantine = new Quarantine(parts.dynamoDb, requests, forms);
    var renewReceipt = new RenewReceipt(parts.confirmed, signed, parts.passedOn, clock);
    followRequests = new FollowRequests(answerRequest, renewReceipt, quarantine, departed, clock);

    var legalHolds =
        new LegalHolds(
            parts.identities, emailIndex, parts.customers, knownEntries, parts.transactions, clock);
    var forgetOrphan =
        new ForgetOrphan(
            parts.identities,
            parts.rows,
            parts.erasedNumbers,
            parts.transactions,
            parts.ledger,
            parts.sweepRows,
            clock);
    var suppressions =
        new Suppressions(parts.dynamoDb, settings.parts.tables.name(Table.MAIL_LIMITS));
    findOpen =
        new FindOpen(
            emailIndex, parts.submissions, parts.requests, suppressions, parts.audit, clock);
    var terms = new Terms(settings.law, Business.load().timeZone(), settings.piplDays, clock);
    var decide = new Decide(linkTokens, emailIndex, terms);
    var entered = new EnteredRequests(parts.dynamoDb, requests);
    var behalfAudit = new BehalfAudit(parts.audit, settings.staffAuditKept, clock);
    carryOutOrder =
        new CarryOutOrder(
            legalHolds,
            forgetOrphan,
            new EnterRequest(
                new WhoAsks(parts.identities, parts.customers, new RecordOwner(emailIndex, forms)),
                new SealRequest(sealingKeys, forms),
                decide,
                terms,
                behalfAudit,
                entered,
                random),
            new ConfirmEntered(opener, decide, terms, behalfAudit, entered));
  }
}
