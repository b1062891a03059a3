package io.jenkins.plugins.darwin.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts that are reached without a proxy, by the union of what curl, Go (docker, skopeo, helm) and Jenkins take:
 * {@code *}, {@code example.org} and {@code .example.org} (the name and all below it), {@code *.example.org},
 * {@code host:port}, an address, and {@code 10.0.0.0/8}; separated by commas, blanks or bars. This machine itself is always
 * reached without.
 *
 * @param entries as they were written, in lower case
 */
public record NoProxy(List<String> entries) implements Serializable {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.*\\.localhost|127(\\.[0-9]{1,3}){3}|(0*:)*:?0*1");

    public NoProxy {
        entries = List.copyOf(entries);
    }

    /** Reads the value of {@code no_proxy}. */
    public static NoProxy parse(String value) {
        List<String> entries = new ArrayList<>();
        for (String entry : value.split("[\\s,|]+")) {
            if (!entry.isEmpty()) {
                entries.add(entry.toLowerCase(Locale.ROOT));
            }
        }
        return new NoProxy(entries);
    }

    /** @param port as in the address, or the scheme's own */
    public boolean covers(String host, int port) {
        String name = plain(host);
        return LOOPBACK.matcher(name).matches() || entries.stream().anyMatch(entry -> matches(entry, name, port));
    }

    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        name = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return inRange(entry.substring(0, slash), entry.substring(slash + 1), host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean oneColon = colon >= 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (oneColon && entry.substring(colon + 1).matches("[0-9]{1,5}")) {
            if (Integer.parseInt(entry.substring(colon + 1)) != port) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = plain(name);
        if (name.indexOf('*') > 0 || name.lastIndexOf('*') > 0) {
            return glob(name, host);
        }
        String suffix = name.startsWith("*.") ? name.substring(1) : name.startsWith(".") ? name : "." + name;
        return host.equals(suffix.substring(1)) || host.endsWith(suffix) && !isAddress(host);
    }

    /** Stars anywhere, as Jenkins takes them; each piece is looked for once, from left to right. */
    private static boolean glob(String pattern, String host) {
        String[] pieces = pattern.split("\\*", -1);
        if (!host.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = host.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        String last = pieces[pieces.length - 1];
        return host.length() - last.length() >= at && host.endsWith(last);
    }

    private static boolean inRange(String network, String bits, String host) {
        Optional<byte[]> range = Addresses.parse(plain(network));
        Optional<byte[]> address = Addresses.parse(host);
        if (range.isEmpty()
                || address.isEmpty()
                || range.get().length != address.get().length
                || !bits.matches("[0-9]{1,3}")) {
            return false;
        }
        int left = Integer.parseInt(bits);
        for (int i = 0; i < range.get().length && left > 0; i++, left -= 8) {
            int mask = left >= 8 ? 0xff : 0xff << (8 - left) & 0xff;
            if ((range.get()[i] & mask) != (address.get()[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(String host) {
        return Addresses.parse(host).isPresent();
    }
}
