package io.vestibule.local.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;

/**
 * What we ask of services that have AWS's query protocol, without a client for each: a form is
 * posted, signed by the SDK, and answered by XML.
 *
 * @param service by which requests are signed and where they go, such as {@code cloudformation}
 * @param version of the service's interface, a day
 */
record AwsQuery(Aws aws, String service, String version) {

  /**
   * Asks.
   *
   * @throws SdkClientException AWS refuses, with its error's code; or does not answer
   */
  Document ask(String action, Map<String, String> parameters) {
    var form = new TreeMap<>(parameters);
    form.put("Action", action);
    form.put("Version", version);
    var body =
        form.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
            .collect(Collectors.joining("&"))
            .getBytes(UTF_8);
    try (var http = UrlConnectionHttpClient.create()) {
      return parsed(http, signed(body));
    } catch (IOException e) {
      throw SdkClientException.create(service + " does not answer", e);
    }
  }

  private HttpExecuteRequest signed(byte[] body) {
    ContentStreamProvider payload = () -> new ByteArrayInputStream(body);
    var request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri())
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(aws.credentials().resolveCredentials())
                        .request(request)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, aws.region().id()));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElse(payload))
        .build();
  }

  private URI uri() {
    return aws.endpoint()
        .orElseGet(
            () ->
                URI.create(
                    "https://%s.%s.%s/"
                        .formatted(
                            service,
                            aws.region().id(),
                            PartitionMetadata.of(aws.region()).dnsSuffix())));
  }

  private Document parsed(SdkHttpClient http, HttpExecuteRequest request) throws IOException {
    var answer = http.prepareRequest(request).call();
    try (var content = answer.responseBody().orElseThrow(() -> new IOException("no answer"))) {
      var document = xml(content.readAllBytes());
      if (!answer.httpResponse().isSuccessful()) {
        throw SdkClientException.create(text(document.getDocumentElement(), "Code"));
      }
      return document;
    }
  }

  private static Document xml(byte[] bytes) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    } catch (ParserConfigurationException e) {
      throw new UncheckedIOException(new IOException(e));
    } catch (SAXException e) {
      throw new IOException("the answer is no XML", e);
    }
  }

  /** What stands in the list of a name: its members, at any depth. */
  static List<Element> members(Document document, String list) {
    return elements(document.getElementsByTagName(list)).stream()
        .flatMap(it -> elements(it.getChildNodes()).stream())
        .toList();
  }

  /** The text of an element of a name; empty if there is none. */
  static String text(Element in, String name) {
    return elements(in.getElementsByTagName(name)).stream()
        .findFirst()
        .map(Element::getTextContent)
        .orElse("");
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .toList();
  }
}
