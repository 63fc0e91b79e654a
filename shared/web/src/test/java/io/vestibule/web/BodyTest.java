package io.vestibule.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.wording.Wordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PARTS = "multipart/form-data; boundary=xyz";

  @Test
  void jsonIsRead() {
    assertRead(JSON, "{\"email\":\"a@example.com\",\"n\":1}", "{'email':'a@example.com','n':1}");
    assertRead("Application/JSON; Charset=UTF-8", "{\"name\":\"Zoë\"}", "{'name':'Zoë'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "null",
        "\"text\"",
        "12",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{'a':1}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\"a\":\"\u0001\"}",
        "\ufeff{}",
        "<xml/>",
      })
  void whatIsNotOneJsonObjectIsMalformed(String body) {
    assertRefused(JSON, body, Problem.Type.MALFORMED);
  }

  @Test
  void whyABodyIsMalformedIsTold() {
    assertRefused(JSON, "{\"a\":1,\"a\":2}", Problem.Type.EQUAL_NAMES);
    assertRefused(JSON, "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}", Problem.Type.EQUAL_NAMES);
    assertRefused(JSON, "{\"name\":\"Zo\ufffd\"}", Problem.Type.NOT_UTF8);
    assertThat(Problem.Type.values())
        .filteredOn(type -> type.uri().endsWith(":malformed"))
        .hasSize(4)
        .extracting(type -> type.text(new Wordings().of("en")))
        .doesNotHaveDuplicates();
  }

  /** The gateway hands forms over as the bytes that came: in them it was typed so. */
  @Test
  void aReplacementCharacterInAFormIsWhatItsSenderHad() {
    assertRead(FORM, "name=Zo%ef%bf%bd", "{'name':'Zo\ufffd'}");
    assertRead(JSON, "{\"name\":\"Zo\\ufffd\"}", "{'name':'Zo\ufffd'}");
  }

  @Test
  void jsonThatIsDeepOrHasHugeNumbersIsMalformedNotAFailure() {
    assertRefused(JSON, "{\"a\":".repeat(20_000 / 5), Problem.Type.TOO_DEEP);
    assertRefused(JSON, "[".repeat(20_000), Problem.Type.TOO_DEEP);
    assertRefused(JSON, "{\"a\":" + "9".repeat(5_000) + "}", Problem.Type.TOO_DEEP);
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    assertThat(Body.of(Requests.post(JSON, "{\"a\":\"b\"}".getBytes(UTF_16))))
        .isEqualTo(new Body.Refused(Problem.Type.NOT_UTF8));
    assertThat(Body.of(Requests.post(JSON, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})))
        .isEqualTo(new Body.Refused(Problem.Type.NOT_UTF8));
    assertRefused(JSON + "; charset=iso-8859-1", "{}", Problem.Type.UNSUPPORTED_MEDIA_TYPE);
    assertRefused(FORM + ";charset=gbk", "a=b", Problem.Type.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf8", "UTF8", "Unicode-1-1-UTF-8", "\"utf-8\"", "x-unicode20utf8"})
  void everyLabelOfUtf8IsUtf8(String label) {
    assertRead(FORM + "; charset=" + label, "name=Zoë", "{'name':'Zoë'}");
    assertRead(JSON + ";charset = " + label, "{\"name\":\"Zoë\"}", "{'name':'Zoë'}");
  }

  @Test
  void exactly64KibAreTakenAndNotAByteMore() {
    assertThat(Body.of(Requests.post(FORM, "a=" + "x".repeat(Body.LIMIT - 2))))
        .isInstanceOf(Body.Values.class);
    assertRefused(FORM, "a=" + "x".repeat(Body.LIMIT - 1), Problem.Type.TOO_LARGE);
    assertRefused("text/plain", "x".repeat(Body.LIMIT + 1), Problem.Type.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "text/plain",
        "text/html",
        "application/xml",
        "application/jsonx",
        "application/json, application/json",
        "multipart/mixed; boundary=xyz",
      })
  void otherContentTypesAreRefused(String contentType) {
    assertRefused(contentType, "{}", Problem.Type.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void urlEncodedValuesAreDecoded() {
    assertRead(
        FORM,
        "email=a%2Bb%40example.com&name=Zo%C3%AB+M.&empty=&bare&&consent.x=v1&list=1&list=2&list=3",
        "{'email':'a+b@example.com','name':'Zoë M.','empty':'','bare':'','consent.x':'v1',"
            + "'list':['1','2','3']}");
    assertRead(FORM, "name=Zoë", "{'name':'Zoë'}");
    assertRead(FORM, "", "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "100% sure, 100% sure",
    "100%+sure, 100% sure",
    "%, %",
    "%4, %4",
    "%zz, %zz",
    "%-1, %-1",
    "%%2a, %*",
    "%2a%, *%",
    "%2%41, %2A",
    "%+1, % 1",
    "%2525, %25",
  })
  void aPercentSignThatNoTwoDigitsFollowIsOne(String sent, String meant) {
    assertRead(FORM, "a=" + sent, "{'a':'%s'}".formatted(meant));
    assertRead(FORM, sent + "=b", "{'%s':'b'}".formatted(meant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%ff", "a=%c3", "%c0%80=b", "a=%ed%a0%80", "a=%E2%82", "a=%E2%%AC"})
  void brokenUtf8IsMalformed(String body) {
    assertRefused(FORM, body, Problem.Type.NOT_UTF8);
  }

  @ParameterizedTest
  @CsvSource({
    "a=&a=v1, v1",
    "a=v1&a=, v1",
    "a=&a=&a=v1&a=+, v1",
    "a=+&a=v1, v1",
    "a=&a=, ''",
    "consent.x=0&consent.x=v1, v1",
    "consent.x=v1&consent.x=false, v1",
    "consent.x=off, ''",
  })
  void whatAHiddenControlSendsBesideABoxIsAsIfNotSent(String body, String value) {
    assertRead(FORM, body, "{'%s':'%s'}".formatted(body.replaceAll("=.*", ""), value));
  }

  @Test
  void twoValuesOfOneNameAreTwo() {
    assertRead(FORM, "a=1&a=&a=2", "{'a':['1','2']}");
    assertRead(FORM, "a=0&a=1", "{'a':['0','1']}");
    assertRead(
        PARTS,
        part("name=a", "") + part("name=a", "1") + part("name=a", "2") + "--xyz--",
        "{'a':['1','2']}");
  }

  @Test
  void multipartValuesAreRead() {
    assertRead(
        PARTS,
        part("name=\"email\"", "a@example.com")
            + part("name=\"Näme\"", "Zoë\r\n--xy")
            + part("name=list", "1")
            + part("name=list", "2")
            + "--xyz--\r\n",
        "{'email':'a@example.com','Näme':'Zoë\\r\\n--xy','list':['1','2']}");
    assertRead(
        "Multipart/Form-Data; boundary=\"x y\"",
        part("name=a", "b").replace("--xyz", "--x y") + "--x y--",
        "{'a':'b'}");
  }

  @Test
  void filesAreRefused() {
    assertRefused(
        PARTS,
        part("name=\"f\"; filename=\"a.txt\"", "x") + "--xyz--",
        Problem.Type.UNSUPPORTED_MEDIA_TYPE);
    assertRefused(
        PARTS,
        part("name=\"f\"; filename*=UTF-8''a", "x") + "--xyz--",
        Problem.Type.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void aControlForAFileThatWasLeftEmptyIsNotSent() {
    String empty = part("name=\"cv\"; filename=\"\"\r\nContent-Type: application/octet-stream", "");
    assertRead(PARTS, empty + part("name=a", "b") + "--xyz--", "{'cv':'','a':'b'}");
    assertRead(PARTS, part("filename=; name=cv", "") + "--xyz--", "{'cv':''}");
  }

  @ParameterizedTest
  @CsvSource({
    "filename=\"\", x",
    "filename=\"a.txt\", ''",
    "filename=\"\"; filename*=UTF-8''a, x",
    "filename*0=\"a\", ''",
    "FileName=a, ''",
  })
  void everythingElseThatIsCalledAFileIsOne(String parameters, String content) {
    assertRefused(
        PARTS,
        part("name=\"f\"; " + parameters, content) + "--xyz--",
        Problem.Type.UNSUPPORTED_MEDIA_TYPE);
  }

  /** RFC 5322 section 2.2.3, and RFC 2046 section 5.1.1. */
  @Test
  void aHeaderOfSeveralLinesAndSpacesBehindABoundaryAreRead() {
    assertRead(
        PARTS,
        """
        --xyz\t
        Content-Disposition: form-data;
        \tname="a"

        b
        --xyz\s
        X: y
        Content-Disposition:
         form-data; name="c"

        d
        --xyz--\s
        the end"""
            .replace("\n", "\r\n"),
        "{'a':'b','c':'d'}");
  }

  @Test
  void aFormOfNoControlsIsEmptyAndNotBroken() {
    assertRead(PARTS, "--xyz--\r\n", "{}");
    assertRead(PARTS, "--xyz--", "{}");
  }

  @Test
  void aQuotedNameMayHaveWhatEndsAnother() {
    assertRead(
        PARTS,
        part("name=\"a;b=\\\"c\\\\\"; x; name=other", "d") + "--xyz--",
        "{'a;b=\\\"c\\\\':'d'}");
  }

  @ParameterizedTest
  @CsvSource({
    "'multipart/form-data', '--xyz--'",
    "'multipart/form-data; boundary=', '--xyz--'",
    "'multipart/form-data; boundary=xyz', ''",
    "'multipart/form-data; boundary=xyz', 'nothing'",
    "'multipart/form-data; boundary=xyz', '--xyz'",
    "'multipart/form-data; boundary=other', '--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--xyz--'",
    "'multipart/form-data; boundary=xyz', '--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nb'",
    "'multipart/form-data; boundary=xyz', '--xyz\r\nContent-Disposition: form-data; name=a'",
    "'multipart/form-data; boundary=xyz', '--xyz\r\nContent-Disposition: form-data\r\n\r\nb\r\n--xyz--'",
    "'multipart/form-data; boundary=xyz', '--xyz\r\nContent-Type: text/plain\r\n\r\nb\r\n--xyz--'",
  })
  void brokenMultipartIsMalformed(String contentType, String body) {
    assertRefused(contentType, body, Problem.Type.MALFORMED);
  }

  @Test
  void multipartMustBeUtf8AndAHugeBoundaryOrHeaderIsNoFailure() {
    byte[] body = (part("name=a", "?") + "--xyz--").getBytes(US_ASCII);
    body[new String(body, US_ASCII).indexOf('?')] = (byte) 0xff;

    assertThat(Body.of(Requests.post(PARTS, body)))
        .isEqualTo(new Body.Refused(Problem.Type.NOT_UTF8));
    assertRefused(PARTS + "z".repeat(10_000), "--xyz--", Problem.Type.MALFORMED);
    String name = "n".repeat(20_000);
    assertRead(PARTS, part("name=" + name, "x") + "--xyz--", "{'%s':'x'}".formatted(name));
    assertRefused(PARTS, part("n".repeat(20_000), "x") + "--xyz--", Problem.Type.MALFORMED);
    assertRefused(PARTS, part(";".repeat(40_000), "x") + "--xyz--", Problem.Type.MALFORMED);
  }

  private static String part(String disposition, String value) {
    return "--xyz\r\ncontent-disposition: form-data; %s\r\n\r\n%s\r\n"
        .formatted(disposition, value);
  }

  private static void assertRead(String contentType, String body, String expected) {
    try {
      assertThat(Body.of(Requests.post(contentType, body)))
          .isEqualTo(
              new Body.Values((ObjectNode) Json.MAPPER.readTree(expected.replace('\'', '"'))));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(String contentType, String body, Problem.Type reason) {
    assertThat(Body.of(Requests.post(contentType, body))).isEqualTo(new Body.Refused(reason));
  }
}
