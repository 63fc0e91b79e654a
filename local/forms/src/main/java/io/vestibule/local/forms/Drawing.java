package io.vestibule.local.forms;

import io.vestibule.core.forms.Logo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What an SVG file must not have, for it is shown on every page. */
final class Drawing {

  private static final Set<String> SHAPES =
      Set.of(
          "svg",
          "g",
          "path",
          "rect",
          "circle",
          "ellipse",
          "line",
          "polyline",
          "polygon",
          "title",
          "desc",
          "defs",
          "use",
          "clipPath",
          "mask",
          "linearGradient",
          "radialGradient",
          "stop");

  private Drawing() {}

  static List<String> problems(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of("there is no shared/forms/" + file.getFileName());
    }
    try {
      byte[] svg = Files.readAllBytes(file);
      var problems = new ArrayList<String>();
      if (svg.length > Logo.MOST_BYTES) {
        problems.add("%s is over 8 KB".formatted(file.getFileName()));
      }
      check(parse(file), problems);
      return problems;
    } catch (SAXException | ParserConfigurationException e) {
      return List.of("%s is no plain SVG: %s".formatted(file.getFileName(), e.getMessage()));
    }
  }

  private static Element parse(Path file)
      throws IOException, SAXException, ParserConfigurationException {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(file.toFile()).getDocumentElement();
  }

  private static void check(Element element, List<String> problems) {
    if (!SHAPES.contains(element.getTagName())) {
      problems.add("<%s> is not a shape".formatted(element.getTagName()));
    }
    var attributes = element.getAttributes();
    for (int at = 0; at < attributes.getLength(); at++) {
      var name = attributes.item(at).getNodeName();
      var value = attributes.item(at).getNodeValue();
      if (name.toLowerCase(Locale.ROOT).startsWith("on")) {
        problems.add("<%s> has the script %s".formatted(element.getTagName(), name));
      }
      boolean leads = name.endsWith("href") || value.contains("url(");
      if (leads && !value.startsWith("#") && !value.startsWith("url(#")) {
        problems.add("%s leads out of the drawing".formatted(name));
      }
    }
    var children = element.getChildNodes();
    for (int at = 0; at < children.getLength(); at++) {
      if (children.item(at) instanceof Element child) {
        check(child, problems);
      }
    }
  }
}
