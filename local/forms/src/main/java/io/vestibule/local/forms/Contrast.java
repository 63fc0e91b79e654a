package io.vestibule.local.forms;

/** How well one colour is read on another; colours are written as {@code #rrggbb}. */
final class Contrast {

  private Contrast() {}

  static boolean isColour(String colour) {
    return colour.matches("#[0-9a-fA-F]{6}");
  }

  /** WCAG 2.2, "contrast ratio". */
  static double between(String one, String other) {
    double light = Math.max(luminance(linear(one)), luminance(linear(other)));
    double dark = Math.min(luminance(linear(one)), luminance(linear(other)));
    return (light + 0.05) / (dark + 0.05);
  }

  /** What CSS makes of {@code color-mix(in oklab, colour, white share)}. */
  static String lightened(String colour, double share) {
    double[] rgb = linear(colour);
    double l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    double m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    double s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    // White has 1 in all three, and Oklab is linear in them: to mix these is to mix in Oklab.
    double l3 = Math.pow(l * (1 - share) + share, 3);
    double m3 = Math.pow(m * (1 - share) + share, 3);
    double s3 = Math.pow(s * (1 - share) + share, 3);
    return "#%02x%02x%02x"
        .formatted(
            channel(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
            channel(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
            channel(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3));
  }

  private static double luminance(double[] rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  private static double[] linear(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return new double[] {linear(rgb >> 16), linear(rgb >> 8 & 255), linear(rgb & 255)};
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static int channel(double linear) {
    double share = linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (int) Math.round(Math.clamp(share, 0, 1) * 255);
  }
}
