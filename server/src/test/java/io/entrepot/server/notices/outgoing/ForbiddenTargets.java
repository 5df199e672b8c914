// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Web addresses that lead inside, or look as if they did not. */
final class ForbiddenTargets {

  private static final List<String> NAMES =
      List.of(
          "localhost",
          "LOCALHOST",
          "localhost.",
          "ip6-localhost",
          "localhost.localdomain",
          "inside.example",
          "a.inside.example",
          "metadata.google.internal");

  private static final List<String> IPV6 =
      List.of(
          "::1",
          "::",
          "0:0:0:0:0:0:0:1",
          "0000:0000:0000:0000:0000:0000:0000:0001",
          "::1%25lo",
          "fe80::1",
          "fe80::1%25lo",
          "fec0::1",
          "fc00::1",
          "fd00:ec2::254",
          "ff02::1",
          "::ffff:0:0",
          "64:ff9b:1::a00:1",
          "100::1",
          "2001:db8::1",
          "2001::7f00:1",
          "3fff::1");

  /** Whole addresses around a host and its port. */
  private static final List<String> AROUND =
      List.of(
          "http://%s:%d/",
          "https://%s:%d/",
          "HTTP://%s:%d/",
          "http://%s:%d",
          "http://%s:%d?x=y",
          "http://%s:%d/topic/",
          "http://public.example@%s:%d/",
          "http://a:b@%s:%d/",
          "http://%s:%d#@public.example/",
          "http://public.example\\@%s:%d/",
          "http://public.example#@%s:%d/",
          "http:\\\\%s:%d\\",
          "http:/%s:%d/",
          "http:///%s:%d/",
          "//%s:%d/",
          "%s:%d",
          "http://%s:%d/\r\nHost: public.example",
          "http://%s:%d/%%0d%%0aX-Made:%%201",
          " http://%s:%d/",
          "http://\t%s:%d/",
          "file://%s:%d/etc/passwd",
          "ftp://%s:%d/",
          "gopher://%s:%d/_GET",
          "jar:http://%s:%d!/",
          "dict://%s:%d/",
          "ldap://%s:%d/",
          "unix://%s:%d/",
          "javascript:http://%s:%d/");

  private final Random random;
  private final int port;

  /**
   * @param port where somebody listens for whoever comes
   */
  ForbiddenTargets(Random random, int port) {
    this.random = random;
    this.port = port;
  }

  /** What a person would say is not on the public internet. */
  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (!(address instanceof Inet4Address)) {
      return first < 0x20 || first > 0x3f || first == 0x20 && second < 3 || first == 0x3f;
    }
    return first == 0
        || first == 10
        || first == 100 && second >= 64 && second < 128
        || first == 127
        || first == 169 && second == 254
        || first == 172 && second >= 16 && second < 32
        || first == 192 && (second == 168 || second == 0 || second == 88)
        || first == 198 && (second == 18 || second == 19 || second == 51)
        || first == 203 && second == 0
        || first >= 224;
  }

  /** Whether the platform reads it as a public address, as it does with octal digits. */
  static boolean leadsOut(String target) {
    try {
      String host = new URI(target).getHost();
      return host != null && !isInside(InetAddress.getByName(host));
    } catch (URISyntaxException | UnknownHostException _) {
      return false;
    }
  }

  /** Half of them in the plainest form of a web address. */
  List<String> some(int count) {
    List<String> targets = new ArrayList<>();
    while (targets.size() < count) {
      String host =
          switch (random.nextInt(8)) {
            case 0 -> any(NAMES);
            case 1 -> "[" + any(IPV6) + "]";
            default -> any(spellings(inside()));
          };
      String around = targets.size() < count / 2 ? AROUND.getFirst() : any(AROUND);
      targets.add(around.formatted(host, port));
    }
    targets.add("file:///etc/passwd");
    targets.add("http://");
    return targets;
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Most are of this machine, where a connection would be noticed. */
  private int[] inside() {
    int any = random.nextInt(256);
    int other = random.nextInt(256);
    return switch (random.nextInt(12)) {
      case 0 -> new int[] {10, any, other, 1};
      case 1 -> new int[] {172, 16 + any % 16, other, 1};
      case 2 -> new int[] {192, 168, any, other};
      case 3 -> new int[] {169, 254, 169, 254};
      case 4 -> new int[] {100, 64 + any % 64, other, 200};
      case 5 -> new int[] {224 + any % 32, other, 0, 1};
      case 6 -> new int[] {0, 0, 0, 0};
      case 7 -> new int[] {198, 18 + any % 2, other, 1};
      case 8 -> new int[] {127, any, other, 1 + any % 254};
      default -> new int[] {127, 0, 0, 1};
    };
  }

  private static List<String> spellings(int[] a) {
    long number = ((long) a[0] << 24) | (a[1] << 16) | (a[2] << 8) | a[3];
    String dotted = a[0] + "." + a[1] + "." + a[2] + "." + a[3];
    String groups = "%x:%x".formatted(a[0] << 8 | a[1], a[2] << 8 | a[3]);
    return List.of(
        dotted,
        dotted + ".",
        Long.toString(number),
        "0x%x".formatted(number),
        "0X%08X".formatted(number),
        "0%o".formatted(number),
        "0x%x.0x%x.0x%x.0x%x".formatted(a[0], a[1], a[2], a[3]),
        "0%o.0%o.0%o.0%o".formatted(a[0], a[1], a[2], a[3]),
        "%03d.%03d.%03d.%03d".formatted(a[0], a[1], a[2], a[3]),
        "%d.%d".formatted(a[0], number & 0xffffff),
        "%d.%d.%d".formatted(a[0], a[1], number & 0xffff),
        "%d.0x%x".formatted(a[0], number & 0xffffff),
        "[::ffff:" + dotted + "]",
        "[::ffff:" + groups + "]",
        "[0:0:0:0:0:ffff:" + groups + "]",
        "[::" + dotted + "]",
        "[::ffff:0:" + groups + "]",
        "[64:ff9b::" + groups + "]",
        "[2002:" + groups + "::]",
        "[::ffff:" + dotted + "%25lo]",
        dotted.replaceAll("([0-9])", "%3$1"),
        fullWidth(dotted),
        dotted.replace('.', '\u3002'),
        dotted + "%00.public.example",
        dotted + "%2f.public.example");
  }

  private static String fullWidth(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c == '.' ? c : c - '0' + '\uff10')));
    return wide.toString();
  }
}
