package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.tasks.Mailer;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.darwin.testing.StepClock;
import io.jenkins.plugins.darwin.vote.Choice;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who gets which mail, and when, through the controller's own mail settings and a mail server. */
@WithJenkins
class GateMailTest {
    private static final String POLICY =
            "version: '1.3.0', voters: ['alice', 'bob', 'carol', '@testers'], quorum: 2, hours: 48, minHours: 0,"
                    + " mail: ['dev@example.org']";

    @TempDir
    Path temp;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private VoteSite votes;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        votes.close();
    }

    @Test
    void openingAndResultGoToVotersAndToTheAddressesOfTheStep(JenkinsRule jenkins) throws Exception {
        addresses();
        WorkflowRun build = votes.open(jenkins, POLICY);
        waitForMails(4);
        MimeMessage opening = to("alice").get(0);
        assertThat(opening.getSubject()).isEqualTo("[VOTE] Darwin v1.3.0-RC1");
        assertThat(text(opening)).contains(votes.digest(), VoteSite.gate(build).getUrl(), "Voting closes");
        assertThat(opening.getHeader("To"))
                .as("nobody sees the others' addresses")
                .isNull();
        assertThat(to("dev")).hasSize(1);
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        waitForMails(8);
        for (String person : List.of("alice", "bob", "carol", "dev")) {
            assertThat(to(person)).as(person).hasSize(2);
            assertThat(to(person).get(1).getSubject()).startsWith("[RESULT] [VOTE] Darwin v1.3.0-RC1");
        }
        assertThat(text(to("dev").get(1))).contains("alice", "bob", votes.digest());
    }

    /** At half time and six hours before the end, each once, and only to those who have not voted. */
    @Test
    void whoHasNotVotedIsRemindedTwice(JenkinsRule jenkins) throws Exception {
        addresses();
        WorkflowRun build = votes.open(jenkins, POLICY);
        waitForMails(4);
        StepClock clock = votes.site().project().clock();
        clock.set(Instant.now());
        VoteGate gate = VoteSite.beside(build, clock);
        GateSchedule schedule = new GateSchedule(gate);
        schedule.advance(build, StreamTaskListener.fromStdout());
        waitForMails(8); // its own announcement
        VoteSite.count(gate, "alice", Choice.PLUS_ONE);
        schedule.changed();
        clock.set(gate.vote().opened().plus(Duration.ofHours(24)).minusMillis(1));
        schedule.advance(build, TaskListener.NULL);
        assertThat(server.getReceivedMessages()).hasSize(8);
        clock.set(gate.vote().opened().plus(Duration.ofHours(24)));
        schedule.advance(build, TaskListener.NULL);
        schedule.advance(build, TaskListener.NULL);
        waitForMails(10);
        assertThat(to("alice")).as("she has voted").hasSize(2);
        assertThat(to("dev")).hasSize(2);
        assertThat(to("bob")).hasSize(3);
        assertThat(text(to("bob").get(2)))
                .contains(
                        "waits for you",
                        gate.getUrl(),
                        gate.vote().deadline().toString().substring(0, 10));
        VoteSite.count(gate, "bob", Choice.ZERO);
        clock.set(gate.vote().deadline().minus(Duration.ofHours(6)));
        schedule.advance(build, TaskListener.NULL);
        new GateSchedule(gate).advance(build, TaskListener.NULL); // after a restart
        waitForMails(11);
        assertThat(to("carol")).hasSize(4);
        clock.set(gate.vote().opened());
        schedule.advance(build, TaskListener.NULL);
        clock.set(gate.vote().deadline().minus(Duration.ofHours(1)));
        schedule.advance(build, TaskListener.NULL);
        assertThat(server.getReceivedMessages())
                .as("also when the clock is set")
                .hasSize(11);
        build.doKill();
    }

    /** The mail server is down: the vote opens, and the console says what was not sent. */
    @Test
    void aMailServerThatIsDownHarmsNoVote(JenkinsRule jenkins) throws Exception {
        addresses();
        server.stop();
        WorkflowRun build = votes.open(jenkins, POLICY);
        jenkins.waitForMessage("WARNING: the mail '[VOTE] Darwin v1.3.0-RC1' was not sent", build);
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    private void addresses() throws Exception {
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(String.valueOf(server.getSmtp().getPort()));
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.org");
        for (String person : List.of("alice", "bob", "carol")) {
            User.getById(person, true).addProperty(new Mailer.UserProperty(person + "@example.org"));
        }
    }

    private void waitForMails(int count) throws InterruptedException {
        for (int i = 0; i < 300 && server.getReceivedMessages().length < count; i++) {
            Thread.sleep(100);
        }
        assertThat(server.getReceivedMessages()).hasSize(count);
    }

    /** What is in somebody's mailbox; the mails name no recipient. */
    private List<MimeMessage> to(String person) throws Exception {
        GreenMailUser user = server.getUserManager().getUserByEmail(person + "@example.org");
        List<MimeMessage> mails = new ArrayList<>();
        for (StoredMessage message :
                server.getManagers().getImapHostManager().getInbox(user).getMessages()) {
            mails.add(message.getMimeMessage());
        }
        return mails;
    }

    private static String text(MimeMessage message) throws Exception {
        return message.getContent().toString();
    }
}
