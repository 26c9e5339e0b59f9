/** Everything the whole page looks like; what one view looks like stands in its component. */
import '@fontsource-variable/jetbrains-mono/wght.css';
import './theme.css';
import './base.css';
import './controls.css';
import './glyphs.css';
import './marks.css';
import './notices.css';
import './floats.css';
import './forced-colors.css';
