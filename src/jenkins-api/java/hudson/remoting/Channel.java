package hudson.remoting;

import java.io.IOException;

/** Signature only. */
public class Channel implements VirtualChannel {
    private Channel() {}

    /** Signature only. */
    public abstract static class Listener {
        public void onClosed(Channel channel, IOException cause) {
            throw new UnsupportedOperationException("signature only");
        }
    }

    public void addListener(Listener listener) {
        throw new UnsupportedOperationException("signature only");
    }

    public boolean removeListener(Listener listener) {
        throw new UnsupportedOperationException("signature only");
    }

    public <T> T export(Class<T> type, T instance) {
        throw new UnsupportedOperationException("signature only");
    }

    public static boolean isClosedChannelException(Throwable t) {
        throw new UnsupportedOperationException("signature only");
    }
}
