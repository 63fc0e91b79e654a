package io.vestibule.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.local.iam.Access;
import io.vestibule.local.iam.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/** What IAM is asked for when the AWS SDK talks to KMS, SES and S3. */
class OtherRequestsTest {

  private static final String SES = "arn:aws:ses:eu-central-1:123456789012:";

  private final RunningGateway running = RunningGateway.of(TestStack.with(TestStack.ALLOW_ALL));

  @AfterEach
  void close() {
    running.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyset-key",
        TestStack.KEYSET_KEY,
        "alias/keysets",
        "arn:aws:kms:eu-central-1:123456789012:alias/keysets"
      })
  void aKeyIsKnownByAllItsNames(String keyId) {
    json("{}");
    try (var operator = running.kms("operator");
        var kms = running.kms("Worker")) {
      operator.createAlias(alias -> alias.aliasName("alias/keysets").targetKeyId("keyset-key"));
      kms.decrypt(
          decrypt ->
              decrypt
                  .keyId(keyId)
                  .ciphertextBlob(SdkBytes.fromUtf8String("sealed"))
                  .encryptionContext(Map.of("use", "link", "key", "7")));
    }

    assertThat(accesses())
        .containsExactly(
            new Access(
                "kms:Decrypt",
                TestStack.KEYSET_KEY,
                Map.of(
                    "kms:CallerAccount", List.of("123456789012"),
                    "kms:EncryptionContext:key", List.of("7"),
                    "kms:EncryptionContext:use", List.of("link"),
                    "kms:EncryptionContextKeys", List.of("key", "use"))));
  }

  @Test
  void aSecretIsAskedForByItsNameAndCheckedByItsArn() {
    json("{}");
    try (var secrets = running.secrets("Worker")) {
      secrets.getSecretValue(get -> get.secretId("vestibule/sales"));
    }

    assertThat(accesses())
        .containsExactly(
            new Access(
                "secretsmanager:GetSecretValue",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:vestibule/sales-local0",
                Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Helper", "arn:aws:lambda:eu-central-1:123456789012:function:Helper"})
  void aFunctionIsKnownByItsNameAndByItsArn(String name) {
    json("{}");
    try (var lambda = running.lambda("Worker")) {
      lambda.invoke(invoke -> invoke.functionName(name).invocationType(InvocationType.EVENT));
    }

    assertThat(accesses())
        .containsExactly(
            new Access(
                "lambda:InvokeFunction",
                "arn:aws:lambda:eu-central-1:123456789012:function:Helper",
                Map.of()));
    assertThat(running.calls.latest("Worker").getLast().operation()).isEqualTo("Invoke");
  }

  @Test
  void sendingNeedsTheIdentityAndTheConfigurationSet() {
    json("{}");
    sendFrom("Acme <hello@mail.example.com>");

    assertThat(accesses())
        .extracting(Access::action, Access::resourceArn)
        .containsExactly(
            tuple("ses:SendEmail", SES + "identity/hello@mail.example.com"),
            tuple("ses:SendEmail", SES + "configuration-set/all"));
    assertThat(accesses())
        .allSatisfy(
            access ->
                assertThat(access.context())
                    .isEqualTo(
                        Map.of(
                            "ses:FromAddress", List.of("hello@mail.example.com"),
                            "ses:Recipients", List.of("ada@example.org", "bob@example.org"))));
  }

  @Test
  void theIdentityIsTheOneThatSesHas() {
    json("{}");
    try (var operator = running.ses("operator")) {
      operator.createEmailIdentity(create -> create.emailIdentity("mail.example.com"));
      sendFrom("hello@mail.example.com");
      operator.createEmailIdentity(create -> create.emailIdentity("hello@mail.example.com"));
      sendFrom("hello@mail.example.com");
    }

    assertThat(accesses())
        .extracting(Access::resourceArn)
        .containsSubsequence(
            SES + "identity/mail.example.com", SES + "identity/hello@mail.example.com");
  }

  @Test
  void objectsAndBucketsHaveTheirOwnActions() {
    xml("<ListBucketResult/>");
    try (var s3 = running.s3("Worker")) {
      s3.putObject(put -> put.bucket("open").key("a b/c+d"), RequestBody.fromString("x"));
      s3.getObjectAsBytes(get -> get.bucket("open").key("k").versionId("1"));
      s3.headObject(head -> head.bucket("open").key("k"));
      s3.deleteObject(delete -> delete.bucket("open").key("k"));
      s3.listObjectsV2(list -> list.bucket("open").prefix("a/"));
      s3.listObjectVersions(list -> list.bucket("open"));
      s3.headBucket(head -> head.bucket("open"));
    }

    assertThat(accesses())
        .extracting(Access::action, Access::resourceArn)
        .containsExactly(
            tuple("s3:PutObject", "arn:aws:s3:::open/a b/c+d"),
            tuple("s3:GetObjectVersion", "arn:aws:s3:::open/k"),
            tuple("s3:GetObject", "arn:aws:s3:::open/k"),
            tuple("s3:DeleteObject", "arn:aws:s3:::open/k"),
            tuple("s3:ListBucket", "arn:aws:s3:::open"),
            tuple("s3:ListBucketVersions", "arn:aws:s3:::open"),
            tuple("s3:ListBucket", "arn:aws:s3:::open"));
    assertThat(accesses().get(4).values("s3:prefix")).containsExactly("a/");
  }

  @Test
  void objectsUnderAKeyNeedThatKey() {
    xml("");
    try (var s3 = running.s3("Worker")) {
      s3.putObject(put -> put.bucket("safe").key("k"), RequestBody.fromString("x"));
      s3.getObjectAsBytes(get -> get.bucket("safe").key("k"));
    }

    assertThat(accesses())
        .extracting(Access::action, access -> access.values("kms:ViaService"))
        .containsExactly(
            tuple("s3:PutObject", List.of()),
            tuple("kms:GenerateDataKey", List.of("s3.eu-central-1.amazonaws.com")),
            tuple("s3:GetObject", List.of()),
            tuple("kms:Decrypt", List.of("s3.eu-central-1.amazonaws.com")));
  }

  @Test
  void aLockOnAnObjectIsAPermissionOfItsOwn() {
    xml("");
    try (var s3 = running.s3("Worker")) {
      s3.putObject(
          put -> put.bucket("open").key("k").objectLockMode(ObjectLockMode.COMPLIANCE),
          RequestBody.fromString("x"));
    }

    assertThat(accesses())
        .extracting(Access::action)
        .containsExactly("s3:PutObject", "s3:PutObjectRetention");
  }

  @Test
  void whatIsNotUnderstoodNeedsAGrantOnEverything() {
    xml("<CopyObjectResult/>");
    try (var s3 = running.s3("Worker")) {
      s3.copyObject(
          copy ->
              copy.sourceBucket("safe")
                  .sourceKey("k")
                  .destinationBucket("open")
                  .destinationKey("k"));
      s3.getObjectAcl(acl -> acl.bucket("open").key("k"));
    }

    assertThat(accesses()).extracting(Access::resourceArn).containsExactly("*", "*");
  }

  private void sendFrom(String sender) {
    try (var ses = running.ses("Worker")) {
      ses.sendEmail(
          send ->
              send.fromEmailAddress(sender)
                  .destination(
                      to -> to.toAddresses("Ada <ada@example.org>").bccAddresses("bob@example.org"))
                  .configurationSetName("all")
                  .content(
                      content ->
                          content.simple(
                              mail ->
                                  mail.subject(subject -> subject.data("s"))
                                      .body(body -> body.text(text -> text.data("t"))))));
    }
  }

  private void json(String body) {
    running.answersWith(200, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
  }

  private void xml(String body) {
    running.answersWith(200, Map.of("Content-Type", "application/xml"), body.getBytes(UTF_8));
  }

  private List<Access> accesses() {
    return running.calls.latest("Worker").stream()
        .flatMap(call -> call.accesses().stream())
        .toList();
  }
}
