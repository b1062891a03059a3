package io.jenkins.plugins.darwin.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses written as such; names are never looked up. */
final class Addresses {
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

    private Addresses() {}

    /** The 4 or 16 bytes of an address; empty when the text is a name. */
    static Optional<byte[]> parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress()); // an address: nothing is asked
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
