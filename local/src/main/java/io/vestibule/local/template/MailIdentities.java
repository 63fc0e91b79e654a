package io.vestibule.local.template;

import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * {@code AWS::SES::EmailIdentity} and {@code AWS::SES::ConfigurationSet}. An emulator takes an
 * identity for verified at once; nothing here depends on DNS.
 */
final class MailIdentities {

  private final SesV2Client ses;

  MailIdentities(SesV2Client ses) {
    this.ses = ses;
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
    ses.createEmailIdentity(request -> request.emailIdentity(identity));
    return Identity.of(identity);
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
    ses.createConfigurationSet(request -> request.configurationSetName(name));
    return Identity.of(name);
  }
}
