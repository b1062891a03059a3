package hudson;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Signature only. */
public final class FilePath implements SerializableOnlyOverRemoting {
    public FilePath(File localPath) {}

    private FilePath() {}

    public <T> T act(FilePath.FileCallable<T> callable) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("signature only");
    }

    public FilePath child(String relOrAbsolute) {
        throw new UnsupportedOperationException("signature only");
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("signature only");
    }

    public String getRemote() {
        throw new UnsupportedOperationException("signature only");
    }

    public void mkdirs() throws IOException, InterruptedException {
        throw new UnsupportedOperationException("signature only");
    }

    /** Signature only. */
    public interface FileCallable<T> extends Serializable {
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }
}
