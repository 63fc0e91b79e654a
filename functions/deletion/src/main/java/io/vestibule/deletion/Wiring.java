package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.Law;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.ReceiptKey;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.ConfirmedSubmissions;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.ExpiredSubmissions;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What DeletionFunction is made of, from its environment. */
final class Wiring {

  private record Config(
      Service service,
      ErasureParts.Config parts,
      String sealingKeys,
      String systemKeys,
      String receiptKeyArn,
      int identityRecoveryDays,
      Optional<String> identityVault,
      Law law) {}

  private final Config config;
  private final Forms forms = new Forms();
  private final Clock clock;
  private final ErasureParts parts;
  private final EmailIndex emailIndex;
  private final LinkTokens linkTokens;
  private final SignedReceipts signed;
  private final Receipts receipts;
  private final ConfirmedSubmissions confirmedSubmissions;

  Wiring(Env env, Clock clock) {
    this.config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    ErasureParts.Config.read(from),
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("RECEIPT_KEY_ARN"),
                    from.count("IDENTITY_RECOVERY_DAYS"),
                    from.optional("IDENTITY_VAULT"),
                    from.oneOf("LAW", Law.class)));
    this.clock = clock;
    this.parts = ErasureParts.of(env, config.parts(), clock);
    var systemKeys = new SystemKeys(parts.dynamoDb(), config.systemKeys());
    this.emailIndex = new EmailIndex(systemKeys, parts.keysetKey(), clock);
    this.linkTokens = new LinkTokens(systemKeys, parts.keysetKey(), clock);
    this.signed =
        new SignedReceipts(
            parts.confirmed(),
            ReceiptKey.of(env, config.receiptKeyArn()),
            linkTokens,
            new SecureRandom());
    this.confirmedSubmissions =
        new ConfirmedSubmissions(parts.dynamoDb(), config.parts().submissions());
    this.receipts =
        new Receipts(
            Rights.under(config.law()),
            Optional.ofNullable(Business.load().complaints()),
            Receipts.keyRecoverable(
                config.identityRecoveryDays(), config.identityVault().isPresent()));
  }

  Service service() {
    return config.service();
  }

  AnswerRequest answerRequest() {
    return new AnswerRequest(
        linkTokens,
        new SubmissionOpener(
            new SealingKeys(parts.dynamoDb(), config.sealingKeys()),
            parts.keysetKey(),
            forms,
            clock),
        emailIndex,
        new VerifiedSubmissions(parts.dynamoDb(), config.parts().requests(), forms),
        new AnswerErasure(
            parts.eraseCustomer(),
            parts.transactions(),
            parts.confirmed(),
            receipts,
            signed,
            clock),
        new AnswerAccess(
            parts.customers(),
            confirmedSubmissions,
            new CopyOfData(parts.submissions(), parts.requests(), parts.audit(), new Wordings()),
            linkTokens,
            parts.disclosures(),
            parts.confirmed(),
            parts.transactions(),
            clock,
            new SecureRandom()),
        new AnswerWithdrawal(
            parts.customers(), confirmedSubmissions, parts.transactions(), receipts, signed, clock),
        clock);
  }

  LegalHolds legalHolds() {
    return new LegalHolds(
        parts.identities(), emailIndex, parts.customers(), parts.transactions(), clock);
  }

  ForgetOrphan forgetOrphan() {
    return new ForgetOrphan(
        parts.identities(),
        parts.rows(),
        parts.erasures(),
        parts.transactions(),
        parts.ledger(),
        clock);
  }

  DepartedRows departed() {
    return new DepartedRows(new ExpiredSubmissions(parts.dynamoDb(), config.parts().requests()));
  }

  Quarantine quarantine() {
    return new Quarantine(parts.dynamoDb(), config.parts().requests(), forms);
  }
}
