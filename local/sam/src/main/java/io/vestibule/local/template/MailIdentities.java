package io.vestibule.local.template;

import io.vestibule.local.ses.ReceiptRule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * {@code AWS::SES::EmailIdentity}, {@code AWS::SES::ReceiptRule}, {@code
 * AWS::SES::ConfigurationSet} and {@code AWS::SES::ConfigurationSetEventDestination}. An emulator
 * takes an identity for verified at once; nothing here depends on DNS.
 */
final class MailIdentities {

  private final SesV2Client ses;
  private final Parts parts;

  MailIdentities(SesV2Client ses, Parts parts) {
    this.ses = ses;
    this.parts = parts;
  }

  Identity createIdentity(Properties properties) {
    properties.ignore(
        "ConfigurationSetAttributes",
        "DkimAttributes",
        "DkimSigningAttributes",
        "FeedbackAttributes",
        "MailFromAttributes",
        "Tags");
    String identity = properties.text("EmailIdentity");
    createUnlessThere(() -> ses.createEmailIdentity(request -> request.emailIdentity(identity)));
    return new Identity(identity, dkim(identity));
  }

  /** The names of the records by which SES would prove the domain, with tokens of nobody. */
  private static Map<String, String> dkim(String domain) {
    var records = new HashMap<String, String>();
    for (int n = 1; n <= 3; n++) {
      records.put("DkimDNSTokenName" + n, "local%d._domainkey.%s".formatted(n, domain));
      records.put("DkimDNSTokenValue" + n, "local%d.dkim.amazonses.com".formatted(n));
    }
    return records;
  }

  Identity createConfigurationSet(String unnamed, Properties properties) {
    properties.ignore(
        "DeliveryOptions",
        "ReputationOptions",
        "SendingOptions",
        "SuppressionOptions",
        "Tags",
        "TrackingOptions",
        "VdmOptions");
    String name = properties.optionalText("Name").orElse(unnamed);
    createUnlessThere(
        () -> ses.createConfigurationSet(request -> request.configurationSetName(name)));
    return Identity.of(name);
  }

  /** Events go to EventBridge, which has them on its default bus only. */
  Identity createEventDestination(String unnamed, Properties properties) {
    Properties destination = properties.object("EventDestination");
    String name = destination.optionalText("Name").orElse(unnamed);
    String set = properties.text("ConfigurationSetName");
    String bus = destination.object("EventBridgeDestination").text("EventBusArn");
    boolean enabled = destination.flag("Enabled");
    List<EventType> types =
        destination.texts("MatchingEventTypes").stream()
            .map(type -> EventType.fromValue(type.toUpperCase(Locale.ROOT)))
            .toList();
    createUnlessThere(
        () ->
            ses.createConfigurationSetEventDestination(
                request ->
                    request
                        .configurationSetName(set)
                        .eventDestinationName(name)
                        .eventDestination(
                            to ->
                                to.enabled(enabled)
                                    .matchingEventTypes(types)
                                    .eventBridgeDestination(bridge -> bridge.eventBusArn(bus)))));
    return Identity.of(set + "|" + name);
  }

  /** Into a bucket, and nowhere else; the rule set is taken for the active one. */
  Identity createReceiptRule(String unnamed, Properties properties) {
    properties.ignore("RuleSetName");
    Properties rule = properties.object("Rule");
    rule.ignore("ScanEnabled", "TlsPolicy");
    for (Properties action : rule.objects("Actions")) {
      Properties store = action.object("S3Action");
      String bucket = store.text("BucketName");
      String prefix = store.optionalText("ObjectKeyPrefix").orElse("");
      if (rule.flag("Enabled")) {
        rule.texts("Recipients")
            .forEach(it -> parts.receiptRules.add(new ReceiptRule(it, bucket, prefix)));
      }
    }
    return Identity.of(unnamed);
  }

  /** What an earlier run has made is taken up. Emulators have several names for that refusal. */
  private static void createUnlessThere(Runnable create) {
    try {
      create.run();
    } catch (SesV2Exception e) {
      if (!e.awsErrorDetails().errorCode().contains("AlreadyExist")) {
        throw e;
      }
    }
  }
}
