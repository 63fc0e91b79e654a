package io.vestibule.checkup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.store.AwsAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
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
import org.xml.sax.helpers.DefaultHandler;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What we ask of services that have AWS's query protocol, without a client for each: a form is
 * posted, signed by the SDK, and answered by XML.
 *
 * @param service by which requests are signed and where they go, such as {@code cloudformation}
 * @param version of the service's interface, a day
 * @param patience how long it waits for a connection, and then for each part of the answer
 */
public record AwsQuery(AwsAccess aws, String service, String version, Duration patience) {

  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

  /**
   * Asks.
   *
   * @throws SdkClientException AWS refuses, with its error's code; or does not answer
   */
  public Document ask(String action, Map<String, String> parameters) {
    var form = new TreeMap<>(parameters);
    form.put("Action", action);
    form.put("Version", version);
    var body =
        form.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
            .collect(Collectors.joining("&"))
            .getBytes(UTF_8);
    var answer = new AwsPost(aws, service, patience).send(FORM, body);
    var document = xml(answer.body());
    if (!answer.ok()) {
      throw SdkClientException.create(text(document.getDocumentElement(), "Code"));
    }
    return document;
  }

  private Document xml(byte[] bytes) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // The other one writes to the log by itself.
      return builder.parse(new ByteArrayInputStream(bytes));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw SdkClientException.create(service + " answers something else", e);
    }
  }

  /** What stands in the list of a name: its members, at any depth. */
  public static List<Element> members(Document document, String list) {
    return elements(document.getElementsByTagName(list)).stream()
        .flatMap(it -> elements(it.getChildNodes()).stream())
        .toList();
  }

  /** The text of an element of a name; empty if there is none. */
  public static String text(Element in, String name) {
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
