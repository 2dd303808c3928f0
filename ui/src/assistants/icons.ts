/** The icons that descriptions may name, so that the window need not hold all there are. */
import AccessibilityIcon from '@lucide/svelte/icons/accessibility';
import ArrowLeftRightIcon from '@lucide/svelte/icons/arrow-left-right';
import AwardIcon from '@lucide/svelte/icons/award';
import BabyIcon from '@lucide/svelte/icons/baby';
import BadgeCheckIcon from '@lucide/svelte/icons/badge-check';
import BellIcon from '@lucide/svelte/icons/bell';
import BinaryIcon from '@lucide/svelte/icons/binary';
import BookOpenIcon from '@lucide/svelte/icons/book-open';
import BookTextIcon from '@lucide/svelte/icons/book-text';
import BotIcon from '@lucide/svelte/icons/bot';
import BoxIcon from '@lucide/svelte/icons/box';
import BoxesIcon from '@lucide/svelte/icons/boxes';
import BracesIcon from '@lucide/svelte/icons/braces';
import BrainIcon from '@lucide/svelte/icons/brain';
import BrainCircuitIcon from '@lucide/svelte/icons/brain-circuit';
import BriefcaseIcon from '@lucide/svelte/icons/briefcase';
import BriefcaseBusinessIcon from '@lucide/svelte/icons/briefcase-business';
import BrushIcon from '@lucide/svelte/icons/brush';
import BugIcon from '@lucide/svelte/icons/bug';
import BuildingIcon from '@lucide/svelte/icons/building';
import CalculatorIcon from '@lucide/svelte/icons/calculator';
import CalendarIcon from '@lucide/svelte/icons/calendar';
import CalendarClockIcon from '@lucide/svelte/icons/calendar-clock';
import CalendarDaysIcon from '@lucide/svelte/icons/calendar-days';
import CameraIcon from '@lucide/svelte/icons/camera';
import CaptionsIcon from '@lucide/svelte/icons/captions';
import CaseSensitiveIcon from '@lucide/svelte/icons/case-sensitive';
import CastleIcon from '@lucide/svelte/icons/castle';
import ChartColumnIcon from '@lucide/svelte/icons/chart-column';
import ChartLineIcon from '@lucide/svelte/icons/chart-line';
import ChartNoAxesColumnIcon from '@lucide/svelte/icons/chart-no-axes-column';
import ChartPieIcon from '@lucide/svelte/icons/chart-pie';
import ChartScatterIcon from '@lucide/svelte/icons/chart-scatter';
import CheckCheckIcon from '@lucide/svelte/icons/check-check';
import ChessKingIcon from '@lucide/svelte/icons/chess-king';
import ChessKnightIcon from '@lucide/svelte/icons/chess-knight';
import CircleQuestionMarkIcon from '@lucide/svelte/icons/circle-question-mark';
import ClipboardCheckIcon from '@lucide/svelte/icons/clipboard-check';
import ClipboardListIcon from '@lucide/svelte/icons/clipboard-list';
import ClipboardPenIcon from '@lucide/svelte/icons/clipboard-pen';
import ClockIcon from '@lucide/svelte/icons/clock';
import CloudIcon from '@lucide/svelte/icons/cloud';
import CodeIcon from '@lucide/svelte/icons/code';
import CodeXmlIcon from '@lucide/svelte/icons/code-xml';
import CoinsIcon from '@lucide/svelte/icons/coins';
import Columns3Icon from '@lucide/svelte/icons/columns-3';
import ComponentIcon from '@lucide/svelte/icons/component';
import ContactIcon from '@lucide/svelte/icons/contact';
import ContainerIcon from '@lucide/svelte/icons/container';
import CpuIcon from '@lucide/svelte/icons/cpu';
import CrownIcon from '@lucide/svelte/icons/crown';
import DatabaseIcon from '@lucide/svelte/icons/database';
import DiffIcon from '@lucide/svelte/icons/diff';
import DramaIcon from '@lucide/svelte/icons/drama';
import EyeIcon from '@lucide/svelte/icons/eye';
import FeatherIcon from '@lucide/svelte/icons/feather';
import FileBracesIcon from '@lucide/svelte/icons/file-braces';
import FileCheckIcon from '@lucide/svelte/icons/file-check';
import FileCodeIcon from '@lucide/svelte/icons/file-code';
import FileCogIcon from '@lucide/svelte/icons/file-cog';
import FileDiffIcon from '@lucide/svelte/icons/file-diff';
import FileInputIcon from '@lucide/svelte/icons/file-input';
import FileOutputIcon from '@lucide/svelte/icons/file-output';
import FilePenIcon from '@lucide/svelte/icons/file-pen';
import FilePenLineIcon from '@lucide/svelte/icons/file-pen-line';
import FilePlusIcon from '@lucide/svelte/icons/file-plus';
import FileQuestionMarkIcon from '@lucide/svelte/icons/file-question-mark';
import FileSearchIcon from '@lucide/svelte/icons/file-search';
import FileSpreadsheetIcon from '@lucide/svelte/icons/file-spreadsheet';
import FileStackIcon from '@lucide/svelte/icons/file-stack';
import FileTerminalIcon from '@lucide/svelte/icons/file-terminal';
import FileTextIcon from '@lucide/svelte/icons/file-text';
import FileTypeIcon from '@lucide/svelte/icons/file-type';
import FileUserIcon from '@lucide/svelte/icons/file-user';
import FilesIcon from '@lucide/svelte/icons/files';
import FlaskConicalIcon from '@lucide/svelte/icons/flask-conical';
import FolderTreeIcon from '@lucide/svelte/icons/folder-tree';
import FormIcon from '@lucide/svelte/icons/form';
import Gamepad2Icon from '@lucide/svelte/icons/gamepad-2';
import GavelIcon from '@lucide/svelte/icons/gavel';
import GemIcon from '@lucide/svelte/icons/gem';
import GiftIcon from '@lucide/svelte/icons/gift';
import GitBranchIcon from '@lucide/svelte/icons/git-branch';
import GitCommitHorizontalIcon from '@lucide/svelte/icons/git-commit-horizontal';
import GitMergeIcon from '@lucide/svelte/icons/git-merge';
import GitPullRequestIcon from '@lucide/svelte/icons/git-pull-request';
import GlobeIcon from '@lucide/svelte/icons/globe';
import GraduationCapIcon from '@lucide/svelte/icons/graduation-cap';
import Grid3x3Icon from '@lucide/svelte/icons/grid-3x3';
import HammerIcon from '@lucide/svelte/icons/hammer';
import HandshakeIcon from '@lucide/svelte/icons/handshake';
import HashIcon from '@lucide/svelte/icons/hash';
import HeadphonesIcon from '@lucide/svelte/icons/headphones';
import HeadsetIcon from '@lucide/svelte/icons/headset';
import HeartIcon from '@lucide/svelte/icons/heart';
import HotelIcon from '@lucide/svelte/icons/hotel';
import IdCardIcon from '@lucide/svelte/icons/id-card';
import ImageIcon from '@lucide/svelte/icons/image';
import ImagePlusIcon from '@lucide/svelte/icons/image-plus';
import InfinityIcon from '@lucide/svelte/icons/infinity';
import KeyIcon from '@lucide/svelte/icons/key';
import KeyRoundIcon from '@lucide/svelte/icons/key-round';
import LandmarkIcon from '@lucide/svelte/icons/landmark';
import LanguagesIcon from '@lucide/svelte/icons/languages';
import LaptopIcon from '@lucide/svelte/icons/laptop';
import LayersIcon from '@lucide/svelte/icons/layers';
import LayoutDashboardIcon from '@lucide/svelte/icons/layout-dashboard';
import LayoutGridIcon from '@lucide/svelte/icons/layout-grid';
import LayoutListIcon from '@lucide/svelte/icons/layout-list';
import LayoutPanelTopIcon from '@lucide/svelte/icons/layout-panel-top';
import LayoutTemplateIcon from '@lucide/svelte/icons/layout-template';
import LeafIcon from '@lucide/svelte/icons/leaf';
import LibraryIcon from '@lucide/svelte/icons/library';
import LifeBuoyIcon from '@lucide/svelte/icons/life-buoy';
import LightbulbIcon from '@lucide/svelte/icons/lightbulb';
import LinkIcon from '@lucide/svelte/icons/link';
import ListIcon from '@lucide/svelte/icons/list';
import ListChecksIcon from '@lucide/svelte/icons/list-checks';
import ListFilterIcon from '@lucide/svelte/icons/list-filter';
import ListOrderedIcon from '@lucide/svelte/icons/list-ordered';
import ListTodoIcon from '@lucide/svelte/icons/list-todo';
import ListTreeIcon from '@lucide/svelte/icons/list-tree';
import LockIcon from '@lucide/svelte/icons/lock';
import MailIcon from '@lucide/svelte/icons/mail';
import MailCheckIcon from '@lucide/svelte/icons/mail-check';
import MailOpenIcon from '@lucide/svelte/icons/mail-open';
import MapIcon from '@lucide/svelte/icons/map';
import MegaphoneIcon from '@lucide/svelte/icons/megaphone';
import MessageCircleIcon from '@lucide/svelte/icons/message-circle';
import MessageCircleQuestionMarkIcon from '@lucide/svelte/icons/message-circle-question-mark';
import MessageSquareIcon from '@lucide/svelte/icons/message-square';
import MessageSquareQuoteIcon from '@lucide/svelte/icons/message-square-quote';
import MessageSquareReplyIcon from '@lucide/svelte/icons/message-square-reply';
import MessageSquareTextIcon from '@lucide/svelte/icons/message-square-text';
import MessagesSquareIcon from '@lucide/svelte/icons/messages-square';
import MicIcon from '@lucide/svelte/icons/mic';
import MicroscopeIcon from '@lucide/svelte/icons/microscope';
import MonitorIcon from '@lucide/svelte/icons/monitor';
import MusicIcon from '@lucide/svelte/icons/music';
import NetworkIcon from '@lucide/svelte/icons/network';
import NewspaperIcon from '@lucide/svelte/icons/newspaper';
import NotebookIcon from '@lucide/svelte/icons/notebook';
import NotebookPenIcon from '@lucide/svelte/icons/notebook-pen';
import NotebookTextIcon from '@lucide/svelte/icons/notebook-text';
import PackageIcon from '@lucide/svelte/icons/package';
import PaintbrushIcon from '@lucide/svelte/icons/paintbrush';
import PaletteIcon from '@lucide/svelte/icons/palette';
import PanelsTopLeftIcon from '@lucide/svelte/icons/panels-top-left';
import PenIcon from '@lucide/svelte/icons/pen';
import PenLineIcon from '@lucide/svelte/icons/pen-line';
import PenToolIcon from '@lucide/svelte/icons/pen-tool';
import PencilIcon from '@lucide/svelte/icons/pencil';
import PencilLineIcon from '@lucide/svelte/icons/pencil-line';
import PercentIcon from '@lucide/svelte/icons/percent';
import PhoneIcon from '@lucide/svelte/icons/phone';
import PiIcon from '@lucide/svelte/icons/pi';
import PipetteIcon from '@lucide/svelte/icons/pipette';
import PlaneIcon from '@lucide/svelte/icons/plane';
import PresentationIcon from '@lucide/svelte/icons/presentation';
import PuzzleIcon from '@lucide/svelte/icons/puzzle';
import QuoteIcon from '@lucide/svelte/icons/quote';
import RadicalIcon from '@lucide/svelte/icons/radical';
import ReceiptIcon from '@lucide/svelte/icons/receipt';
import ReceiptTextIcon from '@lucide/svelte/icons/receipt-text';
import RegexIcon from '@lucide/svelte/icons/regex';
import RepeatIcon from '@lucide/svelte/icons/repeat';
import Repeat2Icon from '@lucide/svelte/icons/repeat-2';
import ReplaceIcon from '@lucide/svelte/icons/replace';
import RocketIcon from '@lucide/svelte/icons/rocket';
import Rows3Icon from '@lucide/svelte/icons/rows-3';
import RulerIcon from '@lucide/svelte/icons/ruler';
import ScaleIcon from '@lucide/svelte/icons/scale';
import ScanTextIcon from '@lucide/svelte/icons/scan-text';
import SchoolIcon from '@lucide/svelte/icons/school';
import ScissorsIcon from '@lucide/svelte/icons/scissors';
import ScrollIcon from '@lucide/svelte/icons/scroll';
import ScrollTextIcon from '@lucide/svelte/icons/scroll-text';
import SearchIcon from '@lucide/svelte/icons/search';
import SearchCodeIcon from '@lucide/svelte/icons/search-code';
import SendIcon from '@lucide/svelte/icons/send';
import ServerIcon from '@lucide/svelte/icons/server';
import ServerCogIcon from '@lucide/svelte/icons/server-cog';
import SettingsIcon from '@lucide/svelte/icons/settings';
import ShapesIcon from '@lucide/svelte/icons/shapes';
import ShieldIcon from '@lucide/svelte/icons/shield';
import ShieldCheckIcon from '@lucide/svelte/icons/shield-check';
import ShipIcon from '@lucide/svelte/icons/ship';
import ShipWheelIcon from '@lucide/svelte/icons/ship-wheel';
import ShoppingBagIcon from '@lucide/svelte/icons/shopping-bag';
import ShoppingCartIcon from '@lucide/svelte/icons/shopping-cart';
import SigmaIcon from '@lucide/svelte/icons/sigma';
import SignatureIcon from '@lucide/svelte/icons/signature';
import SlidersHorizontalIcon from '@lucide/svelte/icons/sliders-horizontal';
import SmartphoneIcon from '@lucide/svelte/icons/smartphone';
import SparkleIcon from '@lucide/svelte/icons/sparkle';
import SparklesIcon from '@lucide/svelte/icons/sparkles';
import SpeechIcon from '@lucide/svelte/icons/speech';
import SpellCheckIcon from '@lucide/svelte/icons/spell-check';
import SplitIcon from '@lucide/svelte/icons/split';
import SquareCodeIcon from '@lucide/svelte/icons/square-code';
import SquareDashedIcon from '@lucide/svelte/icons/square-dashed';
import SquareFunctionIcon from '@lucide/svelte/icons/square-function';
import SquarePenIcon from '@lucide/svelte/icons/square-pen';
import SquareSigmaIcon from '@lucide/svelte/icons/square-sigma';
import SquareTerminalIcon from '@lucide/svelte/icons/square-terminal';
import StampIcon from '@lucide/svelte/icons/stamp';
import StarIcon from '@lucide/svelte/icons/star';
import StethoscopeIcon from '@lucide/svelte/icons/stethoscope';
import StoreIcon from '@lucide/svelte/icons/store';
import SunIcon from '@lucide/svelte/icons/sun';
import SuperscriptIcon from '@lucide/svelte/icons/superscript';
import SwatchBookIcon from '@lucide/svelte/icons/swatch-book';
import TableIcon from '@lucide/svelte/icons/table';
import Table2Icon from '@lucide/svelte/icons/table-2';
import TablePropertiesIcon from '@lucide/svelte/icons/table-properties';
import TagIcon from '@lucide/svelte/icons/tag';
import TagsIcon from '@lucide/svelte/icons/tags';
import TargetIcon from '@lucide/svelte/icons/target';
import TerminalIcon from '@lucide/svelte/icons/terminal';
import TestTubeIcon from '@lucide/svelte/icons/test-tube';
import TestTubeDiagonalIcon from '@lucide/svelte/icons/test-tube-diagonal';
import TestTubesIcon from '@lucide/svelte/icons/test-tubes';
import TextCursorInputIcon from '@lucide/svelte/icons/text-cursor-input';
import TextQuoteIcon from '@lucide/svelte/icons/text-quote';
import TextSearchIcon from '@lucide/svelte/icons/text-search';
import TicketIcon from '@lucide/svelte/icons/ticket';
import TimerIcon from '@lucide/svelte/icons/timer';
import TrophyIcon from '@lucide/svelte/icons/trophy';
import TypeIcon from '@lucide/svelte/icons/type';
import Undo2Icon from '@lucide/svelte/icons/undo-2';
import UserIcon from '@lucide/svelte/icons/user';
import UserCheckIcon from '@lucide/svelte/icons/user-check';
import UserPenIcon from '@lucide/svelte/icons/user-pen';
import UserRoundIcon from '@lucide/svelte/icons/user-round';
import UsersIcon from '@lucide/svelte/icons/users';
import UtensilsIcon from '@lucide/svelte/icons/utensils';
import VariableIcon from '@lucide/svelte/icons/variable';
import Volume2Icon from '@lucide/svelte/icons/volume-2';
import WalletIcon from '@lucide/svelte/icons/wallet';
import WandIcon from '@lucide/svelte/icons/wand';
import WandSparklesIcon from '@lucide/svelte/icons/wand-sparkles';
import WebhookIcon from '@lucide/svelte/icons/webhook';
import WholeWordIcon from '@lucide/svelte/icons/whole-word';
import WorkflowIcon from '@lucide/svelte/icons/workflow';
import WrenchIcon from '@lucide/svelte/icons/wrench';
import ZapIcon from '@lucide/svelte/icons/zap';
import ListCollapseIcon from '@lucide/svelte/icons/list-collapse';
import ListStartIcon from '@lucide/svelte/icons/list-start';
import FileBoxIcon from '@lucide/svelte/icons/file-box';
import ClipboardIcon from '@lucide/svelte/icons/clipboard';
import ClipboardTypeIcon from '@lucide/svelte/icons/clipboard-type';
import MessageSquareMoreIcon from '@lucide/svelte/icons/message-square-more';
import FileArchiveIcon from '@lucide/svelte/icons/file-archive';
import FileChartColumnIcon from '@lucide/svelte/icons/file-chart-column';
import SquareCheckIcon from '@lucide/svelte/icons/square-check';
import SquareUserIcon from '@lucide/svelte/icons/square-user';
import UserRoundSearchIcon from '@lucide/svelte/icons/user-round-search';
import SplineIcon from '@lucide/svelte/icons/spline';
import ChartGanttIcon from '@lucide/svelte/icons/chart-gantt';
import MilestoneIcon from '@lucide/svelte/icons/milestone';
import BookIcon from '@lucide/svelte/icons/book';
import BookAIcon from '@lucide/svelte/icons/book-a';
import NotebookTabsIcon from '@lucide/svelte/icons/notebook-tabs';
import TextAlignStartIcon from '@lucide/svelte/icons/text-align-start';
import HeadingIcon from '@lucide/svelte/icons/heading';
import CaseUpperIcon from '@lucide/svelte/icons/case-upper';
import PilcrowIcon from '@lucide/svelte/icons/pilcrow';
import ReceiptCentIcon from '@lucide/svelte/icons/receipt-cent';
import BadgeDollarSignIcon from '@lucide/svelte/icons/badge-dollar-sign';
import HandCoinsIcon from '@lucide/svelte/icons/hand-coins';
import PiggyBankIcon from '@lucide/svelte/icons/piggy-bank';
import GaugeIcon from '@lucide/svelte/icons/gauge';
import BookmarkIcon from '@lucide/svelte/icons/bookmark';
import MapPinIcon from '@lucide/svelte/icons/map-pin';
import SwordsIcon from '@lucide/svelte/icons/swords';
import DicesIcon from '@lucide/svelte/icons/dices';
import DumbbellIcon from '@lucide/svelte/icons/dumbbell';
import EarthIcon from '@lucide/svelte/icons/earth';
import FlagIcon from '@lucide/svelte/icons/flag';
import FolderIcon from '@lucide/svelte/icons/folder';
import FolderOpenIcon from '@lucide/svelte/icons/folder-open';
import InboxIcon from '@lucide/svelte/icons/inbox';
import KeyboardIcon from '@lucide/svelte/icons/keyboard';
import LayoutPanelLeftIcon from '@lucide/svelte/icons/layout-panel-left';
import MagnetIcon from '@lucide/svelte/icons/magnet';
import MousePointerClickIcon from '@lucide/svelte/icons/mouse-pointer-click';
import PaperclipIcon from '@lucide/svelte/icons/paperclip';
import PrinterIcon from '@lucide/svelte/icons/printer';
import RssIcon from '@lucide/svelte/icons/rss';
import TelescopeIcon from '@lucide/svelte/icons/telescope';
import ToggleLeftIcon from '@lucide/svelte/icons/toggle-left';
import TreePineIcon from '@lucide/svelte/icons/tree-pine';
import UmbrellaIcon from '@lucide/svelte/icons/umbrella';
import VideoIcon from '@lucide/svelte/icons/video';
import WatchIcon from '@lucide/svelte/icons/watch';
import type { Component } from 'svelte';

export type Icon = Component<{ size?: number | string; strokeWidth?: number | string }>;

const ICONS: Readonly<Record<string, Icon>> = {
  accessibility: AccessibilityIcon,
  'arrow-left-right': ArrowLeftRightIcon,
  award: AwardIcon,
  baby: BabyIcon,
  'badge-check': BadgeCheckIcon,
  bell: BellIcon,
  binary: BinaryIcon,
  'book-open': BookOpenIcon,
  'book-text': BookTextIcon,
  bot: BotIcon,
  box: BoxIcon,
  boxes: BoxesIcon,
  braces: BracesIcon,
  brain: BrainIcon,
  'brain-circuit': BrainCircuitIcon,
  briefcase: BriefcaseIcon,
  'briefcase-business': BriefcaseBusinessIcon,
  brush: BrushIcon,
  bug: BugIcon,
  building: BuildingIcon,
  calculator: CalculatorIcon,
  calendar: CalendarIcon,
  'calendar-clock': CalendarClockIcon,
  'calendar-days': CalendarDaysIcon,
  camera: CameraIcon,
  captions: CaptionsIcon,
  'case-sensitive': CaseSensitiveIcon,
  castle: CastleIcon,
  'chart-column': ChartColumnIcon,
  'chart-line': ChartLineIcon,
  'chart-no-axes-column': ChartNoAxesColumnIcon,
  'chart-pie': ChartPieIcon,
  'chart-scatter': ChartScatterIcon,
  'check-check': CheckCheckIcon,
  'chess-king': ChessKingIcon,
  'chess-knight': ChessKnightIcon,
  'circle-question-mark': CircleQuestionMarkIcon,
  'clipboard-check': ClipboardCheckIcon,
  'clipboard-list': ClipboardListIcon,
  'clipboard-pen': ClipboardPenIcon,
  clock: ClockIcon,
  cloud: CloudIcon,
  code: CodeIcon,
  'code-xml': CodeXmlIcon,
  coins: CoinsIcon,
  'columns-3': Columns3Icon,
  component: ComponentIcon,
  contact: ContactIcon,
  container: ContainerIcon,
  cpu: CpuIcon,
  crown: CrownIcon,
  database: DatabaseIcon,
  diff: DiffIcon,
  drama: DramaIcon,
  eye: EyeIcon,
  feather: FeatherIcon,
  'file-braces': FileBracesIcon,
  'file-check': FileCheckIcon,
  'file-code': FileCodeIcon,
  'file-cog': FileCogIcon,
  'file-diff': FileDiffIcon,
  'file-input': FileInputIcon,
  'file-output': FileOutputIcon,
  'file-pen': FilePenIcon,
  'file-pen-line': FilePenLineIcon,
  'file-plus': FilePlusIcon,
  'file-question-mark': FileQuestionMarkIcon,
  'file-search': FileSearchIcon,
  'file-spreadsheet': FileSpreadsheetIcon,
  'file-stack': FileStackIcon,
  'file-terminal': FileTerminalIcon,
  'file-text': FileTextIcon,
  'file-type': FileTypeIcon,
  'file-user': FileUserIcon,
  files: FilesIcon,
  'flask-conical': FlaskConicalIcon,
  'folder-tree': FolderTreeIcon,
  form: FormIcon,
  'gamepad-2': Gamepad2Icon,
  gavel: GavelIcon,
  gem: GemIcon,
  gift: GiftIcon,
  'git-branch': GitBranchIcon,
  'git-commit-horizontal': GitCommitHorizontalIcon,
  'git-merge': GitMergeIcon,
  'git-pull-request': GitPullRequestIcon,
  globe: GlobeIcon,
  'graduation-cap': GraduationCapIcon,
  'grid-3x3': Grid3x3Icon,
  hammer: HammerIcon,
  handshake: HandshakeIcon,
  hash: HashIcon,
  headphones: HeadphonesIcon,
  headset: HeadsetIcon,
  heart: HeartIcon,
  hotel: HotelIcon,
  'id-card': IdCardIcon,
  image: ImageIcon,
  'image-plus': ImagePlusIcon,
  infinity: InfinityIcon,
  key: KeyIcon,
  'key-round': KeyRoundIcon,
  landmark: LandmarkIcon,
  languages: LanguagesIcon,
  laptop: LaptopIcon,
  layers: LayersIcon,
  'layout-dashboard': LayoutDashboardIcon,
  'layout-grid': LayoutGridIcon,
  'layout-list': LayoutListIcon,
  'layout-panel-top': LayoutPanelTopIcon,
  'layout-template': LayoutTemplateIcon,
  leaf: LeafIcon,
  library: LibraryIcon,
  'life-buoy': LifeBuoyIcon,
  lightbulb: LightbulbIcon,
  link: LinkIcon,
  list: ListIcon,
  'list-checks': ListChecksIcon,
  'list-filter': ListFilterIcon,
  'list-ordered': ListOrderedIcon,
  'list-todo': ListTodoIcon,
  'list-tree': ListTreeIcon,
  lock: LockIcon,
  mail: MailIcon,
  'mail-check': MailCheckIcon,
  'mail-open': MailOpenIcon,
  map: MapIcon,
  megaphone: MegaphoneIcon,
  'message-circle': MessageCircleIcon,
  'message-circle-question-mark': MessageCircleQuestionMarkIcon,
  'message-square': MessageSquareIcon,
  'message-square-quote': MessageSquareQuoteIcon,
  'message-square-reply': MessageSquareReplyIcon,
  'message-square-text': MessageSquareTextIcon,
  'messages-square': MessagesSquareIcon,
  mic: MicIcon,
  microscope: MicroscopeIcon,
  monitor: MonitorIcon,
  music: MusicIcon,
  network: NetworkIcon,
  newspaper: NewspaperIcon,
  notebook: NotebookIcon,
  'notebook-pen': NotebookPenIcon,
  'notebook-text': NotebookTextIcon,
  package: PackageIcon,
  paintbrush: PaintbrushIcon,
  palette: PaletteIcon,
  'panels-top-left': PanelsTopLeftIcon,
  pen: PenIcon,
  'pen-line': PenLineIcon,
  'pen-tool': PenToolIcon,
  pencil: PencilIcon,
  'pencil-line': PencilLineIcon,
  percent: PercentIcon,
  phone: PhoneIcon,
  pi: PiIcon,
  pipette: PipetteIcon,
  plane: PlaneIcon,
  presentation: PresentationIcon,
  puzzle: PuzzleIcon,
  quote: QuoteIcon,
  radical: RadicalIcon,
  receipt: ReceiptIcon,
  'receipt-text': ReceiptTextIcon,
  regex: RegexIcon,
  repeat: RepeatIcon,
  'repeat-2': Repeat2Icon,
  replace: ReplaceIcon,
  rocket: RocketIcon,
  'rows-3': Rows3Icon,
  ruler: RulerIcon,
  scale: ScaleIcon,
  'scan-text': ScanTextIcon,
  school: SchoolIcon,
  scissors: ScissorsIcon,
  scroll: ScrollIcon,
  'scroll-text': ScrollTextIcon,
  search: SearchIcon,
  'search-code': SearchCodeIcon,
  send: SendIcon,
  server: ServerIcon,
  'server-cog': ServerCogIcon,
  settings: SettingsIcon,
  shapes: ShapesIcon,
  shield: ShieldIcon,
  'shield-check': ShieldCheckIcon,
  ship: ShipIcon,
  'ship-wheel': ShipWheelIcon,
  'shopping-bag': ShoppingBagIcon,
  'shopping-cart': ShoppingCartIcon,
  sigma: SigmaIcon,
  signature: SignatureIcon,
  'sliders-horizontal': SlidersHorizontalIcon,
  smartphone: SmartphoneIcon,
  sparkle: SparkleIcon,
  sparkles: SparklesIcon,
  speech: SpeechIcon,
  'spell-check': SpellCheckIcon,
  split: SplitIcon,
  'square-code': SquareCodeIcon,
  'square-dashed': SquareDashedIcon,
  'square-function': SquareFunctionIcon,
  'square-pen': SquarePenIcon,
  'square-sigma': SquareSigmaIcon,
  'square-terminal': SquareTerminalIcon,
  stamp: StampIcon,
  star: StarIcon,
  stethoscope: StethoscopeIcon,
  store: StoreIcon,
  sun: SunIcon,
  superscript: SuperscriptIcon,
  'swatch-book': SwatchBookIcon,
  table: TableIcon,
  'table-2': Table2Icon,
  'table-properties': TablePropertiesIcon,
  tag: TagIcon,
  tags: TagsIcon,
  target: TargetIcon,
  terminal: TerminalIcon,
  'test-tube': TestTubeIcon,
  'test-tube-diagonal': TestTubeDiagonalIcon,
  'test-tubes': TestTubesIcon,
  'text-cursor-input': TextCursorInputIcon,
  'text-quote': TextQuoteIcon,
  'text-search': TextSearchIcon,
  ticket: TicketIcon,
  timer: TimerIcon,
  trophy: TrophyIcon,
  type: TypeIcon,
  'undo-2': Undo2Icon,
  user: UserIcon,
  'user-check': UserCheckIcon,
  'user-pen': UserPenIcon,
  'user-round': UserRoundIcon,
  users: UsersIcon,
  utensils: UtensilsIcon,
  variable: VariableIcon,
  'volume-2': Volume2Icon,
  wallet: WalletIcon,
  wand: WandIcon,
  'wand-sparkles': WandSparklesIcon,
  webhook: WebhookIcon,
  'whole-word': WholeWordIcon,
  workflow: WorkflowIcon,
  wrench: WrenchIcon,
  zap: ZapIcon,
  'list-collapse': ListCollapseIcon,
  'list-start': ListStartIcon,
  'file-box': FileBoxIcon,
  clipboard: ClipboardIcon,
  'clipboard-type': ClipboardTypeIcon,
  'message-square-more': MessageSquareMoreIcon,
  'file-archive': FileArchiveIcon,
  'file-chart-column': FileChartColumnIcon,
  'square-check': SquareCheckIcon,
  'square-user': SquareUserIcon,
  'user-round-search': UserRoundSearchIcon,
  spline: SplineIcon,
  'chart-gantt': ChartGanttIcon,
  milestone: MilestoneIcon,
  book: BookIcon,
  'book-a': BookAIcon,
  'notebook-tabs': NotebookTabsIcon,
  'text-align-start': TextAlignStartIcon,
  heading: HeadingIcon,
  'case-upper': CaseUpperIcon,
  pilcrow: PilcrowIcon,
  'receipt-cent': ReceiptCentIcon,
  'badge-dollar-sign': BadgeDollarSignIcon,
  'hand-coins': HandCoinsIcon,
  'piggy-bank': PiggyBankIcon,
  gauge: GaugeIcon,
  bookmark: BookmarkIcon,
  'map-pin': MapPinIcon,
  swords: SwordsIcon,
  dices: DicesIcon,
  dumbbell: DumbbellIcon,
  earth: EarthIcon,
  flag: FlagIcon,
  folder: FolderIcon,
  'folder-open': FolderOpenIcon,
  inbox: InboxIcon,
  keyboard: KeyboardIcon,
  'layout-panel-left': LayoutPanelLeftIcon,
  magnet: MagnetIcon,
  'mouse-pointer-click': MousePointerClickIcon,
  paperclip: PaperclipIcon,
  printer: PrinterIcon,
  rss: RssIcon,
  telescope: TelescopeIcon,
  'toggle-left': ToggleLeftIcon,
  'tree-pine': TreePineIcon,
  umbrella: UmbrellaIcon,
  video: VideoIcon,
  watch: WatchIcon,
};

/** What the family called some of them before. */
const BEFORE: Readonly<Record<string, string>> = {
  'function-square': 'square-function',
  'terminal-square': 'square-terminal',
  'code-square': 'square-code',
  'file-json': 'file-braces',
  'building-2': 'building',
  'help-circle': 'circle-question-mark',
  'bar-chart': 'chart-column',
  'line-chart': 'chart-line',
  'pie-chart': 'chart-pie',
  'code-2': 'code-xml',
  'wand-2': 'wand-sparkles',
};

/** Every name that there is an icon for. */
export const ICON_NAMES: readonly string[] = Object.keys(ICONS);

/** Whether there is an icon of that name. */
export const hasIcon = (name: string): boolean => Object.hasOwn(ICONS, BEFORE[name] ?? name);

/** The icon of that name; one that is not here gets the plain one. */
export const iconOf = (name: string): Icon => ICONS[BEFORE[name] ?? name] ?? FilePenIcon;
