package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.TaskListener;
import hudson.model.User;
import hudson.tasks.MailAddressResolver;
import hudson.tasks.Mailer;
import io.jenkins.plugins.darwin.vote.VoteMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import jenkins.model.JenkinsLocationConfiguration;

/** Sends mail the way the controller is set up for it. A mail that can't be sent is told in the console, and harms no vote. */
final class VoteMailer {
    private VoteMailer() {}

    /** A user's address; empty when Jenkins knows none. */
    static Optional<String> address(String userId) {
        return Optional.ofNullable(User.getById(userId, false))
                .map(MailAddressResolver::resolve)
                .filter(a -> a.contains("@"));
    }

    static void send(List<String> to, VoteMail mail, String gateUrl, TaskListener listener) {
        Mailer.DescriptorImpl mailer = Mailer.descriptor();
        if (mailer == null || mailer.getSmtpHost() == null) {
            listener.getLogger()
                    .println("No mail was sent ('" + mail.subject()
                            + "'): expected a mail server under Manage Jenkins, System.");
            return;
        }
        try {
            MimeMessage message = new MimeMessage(mailer.createSession());
            String admin = JenkinsLocationConfiguration.get().getAdminAddress();
            message.setFrom(new InternetAddress(admin));
            int reached = 0;
            for (String address : to) { // one that a person mistyped must not keep the mail from all others
                try {
                    message.addRecipient(Message.RecipientType.BCC, new InternetAddress(address));
                    reached++;
                } catch (AddressException e) {
                    listener.getLogger().println("WARNING: not a mail address: " + EventText.line(address));
                }
            }
            if (reached == 0) {
                return;
            }
            message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
            message.setText(mail.body(), StandardCharsets.UTF_8.name());
            message.setSentDate(new Date());
            message.setHeader("X-Jenkins-Vote", gateUrl);
            Transport.send(message);
            listener.getLogger().println("Mail to " + reached + ": " + mail.subject());
        } catch (MessagingException e) {
            listener.getLogger().println("WARNING: the mail '" + mail.subject() + "' was not sent: " + e.getMessage());
        }
    }
}
