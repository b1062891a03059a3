package hudson.tasks;

import jakarta.mail.Session;

/** Signature only. */
public class Mailer extends Notifier {
    public static Mailer.DescriptorImpl descriptor() {
        throw new UnsupportedOperationException("signature only");
    }

    /** Signature only. */
    public static final class DescriptorImpl extends BuildStepDescriptor<Publisher> {
        public String getSmtpHost() {
            throw new UnsupportedOperationException("signature only");
        }

        public Session createSession() {
            throw new UnsupportedOperationException("signature only");
        }
    }
}
