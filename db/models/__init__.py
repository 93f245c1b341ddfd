"""Every table, one page an area: fields, keys and CHECKs only."""

from db.models.appeals import Appeal, DecisionNotice
from db.models.audits import Audit, AuditItem, AuditWord
from db.models.batches import Batch, BatchLine, Sighting
from db.models.cash import (
    DifferenceClearing,
    HandedOn,
    HandLimit,
    Handover,
    HandoverAgreement,
    HandoverClosing,
    HandoverPart,
    HandoverRange,
    PassedOn,
    Taking,
    TakingStep,
    VoidAsked,
)
from db.models.claims import Claim, ClaimAct, ClaimEntry, ClaimLook, ClaimStanding, PayoutReceipt
from db.models.closes import BalanceAgreement, BankBalance, CloseFall, CloseOpen, CloseSignature, HandCount, MonthClose
from db.models.collecting import (
    Advance,
    AssignmentFund,
    Booking,
    NeverReceived,
    Receipt,
    ReceiptBook,
    ReceiptLine,
    ReceiptStanding,
    ReceiptStep,
    Unbooked,
)
from db.models.custody import (
    Acceptance,
    Aside,
    Backup,
    ChainBreak,
    Device,
    DeviceKey,
    DeviceLeaving,
    DeviceRevocation,
    Entry,
    EntryKey,
    ErasedBlob,
    Erasure,
    Key,
    Opening,
    QueueImport,
    Seat,
    SeatChange,
    StoredBlob,
    TakingBack,
    Twin,
)
from db.models.desk import GapClosing
from db.models.fieldwork import Assignment, AssignmentAim, AssignmentEnd, AssignmentPlace, KitDownload
from db.models.foundings import FundDraft
from db.models.ledger import Bank, Branch, LedgerAccount, LedgerDay, LedgerTransaction, Posting
from db.models.membership_acts import MembershipAct, PlanChoice
from db.models.operations import Generation, Mishap, NamedPhoto, RestoreProof, Uncovered, Wish
from db.models.people import (
    Account,
    DeviceUse,
    Enrolment,
    EnrolmentUse,
    FailedTry,
    Passkey,
    PasskeyRevocation,
    RoleEnd,
    RoleGrant,
    Session,
    SessionEnd,
    UsedChallenge,
)
from db.models.places import Fund, Unit, UnitMove
from db.models.register import (
    Admission,
    Application,
    Bearer,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Membership,
    NamePart,
    Notice,
    Person,
    Resolution,
    Untold,
    Viewing,
    WaitingKey,
)
from db.models.regulations import (
    Regulation,
    RuleDraft,
    RuleDraftSave,
    RuleProposal,
    RuleProposalEnd,
    RuleRun,
    RuleRunStep,
)
from db.models.reissues import Reissue, ReissueConfirmation, ReissueLink, ReissueRefusal
from db.models.reopenings import Reopening, ReopeningNumber, ReopeningSignature
from db.models.reports import (
    HeadCount,
    KeyCertificate,
    ParentAddress,
    ReceivedReport,
    ReportAcceptance,
    ReportAgreement,
    ReportDraft,
    ReportIssue,
    ReportSeat,
    ReportSending,
    ToldFigure,
    ToldMonth,
    UnitKey,
)
from db.models.review import Approval, Comment, CounterDecision, Rejection, Replacement, Return
from db.models.second_looks import Draw, Finding, Lot
from db.models.second_officers import AccessConfirmation, RoleStart
from db.models.sittings import Abstention, Attendance, Postponement, Remark
from db.models.statements import StatementLine, StatementMatch, StatementRiddle, StatementUndoing
from db.models.ties import Digest, Tie, Untied
from db.models.trials import DemoWorld, Trial
from db.models.vouchers import OfficeChange, OfficeLine, OfficeSignature, Undoing, UndoingAnswer, Voucher
from db.models.whereabouts import Whereabouts
from db.models.year_closes import CloseFigure, YearClose, YearFall, YearSignature

ALL = [
    Unit, UnitMove, Fund,
    Key, Device, DeviceRevocation, DeviceKey, DeviceLeaving,
    Account, RoleGrant, RoleEnd, Enrolment, DeviceUse, Passkey, Session, SessionEnd, PasskeyRevocation, EnrolmentUse, UsedChallenge, FailedTry,
    DemoWorld, Trial,
    Entry, EntryKey, Opening, Seat, SeatChange, Twin, ChainBreak, StoredBlob, Erasure, ErasedBlob, Acceptance, Aside, TakingBack, Backup, QueueImport,
    Approval, Return, Comment, Rejection, Replacement, CounterDecision,
    Draw, Lot, Finding,
    Reissue, ReissueConfirmation, ReissueRefusal, ReissueLink,
    RoleStart, AccessConfirmation,
    GapClosing,
    NamedPhoto, Uncovered, Generation, Wish, Mishap, RestoreProof,
    Household, Person, Likeness, NamePart, Bearer, Fact, HealthFact, Application, Resolution, Admission, Membership, Notice, Viewing,
    FundDraft, Regulation, RuleDraft, RuleDraftSave, RuleProposal, RuleProposalEnd, RuleRun, RuleRunStep,
    Branch, LedgerAccount, LedgerTransaction, Posting, LedgerDay,
    WaitingKey, Whereabouts, Untold,
    Assignment, AssignmentPlace, AssignmentAim, AssignmentEnd, KitDownload,
    AssignmentFund, ReceiptBook, Receipt, ReceiptLine, Booking, Unbooked, ReceiptStep, ReceiptStanding, Advance, NeverReceived, MembershipAct,
    PlanChoice,
    Handover, HandoverRange, HandoverPart, HandoverAgreement, Taking, TakingStep, HandedOn, PassedOn, HandoverClosing, VoidAsked, DifferenceClearing,
    Bank, HandLimit, OfficeChange, OfficeLine, OfficeSignature, Undoing, UndoingAnswer,
    Voucher,
    MonthClose, CloseSignature, CloseFall, CloseOpen, BankBalance, BalanceAgreement, HandCount,
    StatementLine, StatementMatch, StatementRiddle, StatementUndoing,
    Audit, AuditItem, AuditWord, CloseFigure, YearClose, YearFall, YearSignature,
    Claim, ClaimEntry, ClaimAct, ClaimStanding, ClaimLook, PayoutReceipt, Batch, BatchLine, Sighting, Reopening, ReopeningNumber, ReopeningSignature,
    UnitKey, KeyCertificate, ReportDraft, ReportAgreement, ReportIssue, ReceivedReport, ReportSeat, ReportAcceptance,
    ToldMonth, ToldFigure, HeadCount, ParentAddress, ReportSending,
    Tie, Untied, Digest,
    Attendance, Abstention, Postponement, Remark, DecisionNotice, Appeal,
]  # fmt: skip
